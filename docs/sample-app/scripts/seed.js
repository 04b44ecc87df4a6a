process.env.NODE_ENV = 'development';

const fs = require('fs');

const db = require('../lib/db');

async function seed(file) {
  const { albums } = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { title } of albums) {
    await db.query('INSERT INTO albums (title) VALUES ($1)', [title]);
    console.log('added %s', title);
  }
}

seed(process.argv[2]).catch((err) => {
  console.error(err);
  process.exit(1);
});
