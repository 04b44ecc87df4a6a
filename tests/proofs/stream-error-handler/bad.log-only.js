const fs = require('fs');
const express = require('express');

const app = express();

app.get('/logo', (req, res) => {
  fs.createReadStream('assets/logo.png')
    .on('error', (err) => console.error(err))
    .pipe(res);
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
