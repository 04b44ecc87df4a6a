const fs = require('fs');
const express = require('express');

const app = express();

app.get('/logo', (req, res, next) => {
  res.type('png');
  const logo = fs.createReadStream('assets/logo.png');
  logo.on('error', next).pipe(res);
  // pipe() leaves the file open when the client goes away early.
  res.on('close', () => logo.destroy());
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
