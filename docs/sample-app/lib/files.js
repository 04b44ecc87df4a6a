const fs = require('fs');
const path = require('path');

const folder = process.env.PHOTOS || path.join(__dirname, '../photos');

// Made when the app starts; no request waits for it.
fs.mkdirSync(folder, { recursive: true });

/** Where the picture of a photo is kept. */
exports.fileOf = (id) => path.join(folder, `${Number(id)}.jpg`);
