const fs = require('fs');
const zlib = require('zlib');
const express = require('express');

const app = express();

app.get('/report', (req, res, next) => {
  fs.createReadStream('reports/latest.csv.gz')
    .on('error', next)
    .pipe(zlib.createGunzip())
    .pipe(res);
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
