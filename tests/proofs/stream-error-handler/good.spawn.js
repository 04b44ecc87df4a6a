const { spawn } = require('child_process');
const express = require('express');

const app = express();

app.get('/thumbnail', (req, res, next) => {
  // This program is not installed.
  const convert = spawn('convert-image', ['photo.jpg', '-resize', '100', 'png:-']);
  convert.on('error', next);
  convert.stdout.pipe(res);
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
