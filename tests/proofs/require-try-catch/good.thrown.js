const fs = require('fs');
const express = require('express');

const app = express();

app.get('/report', (req, res, next) => {
  fs.readFile(__filename, 'utf8', (err, text) => {
    if (err) return next(err);
    if (!text.startsWith('date;total')) return next(new Error('This is no report'));
    res.type('csv').send(text);
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
