const fs = require('fs');
const express = require('express');

const app = express();

app.get('/report', (req, res, next) => {
  fs.readFile('reports/latest.csv', 'utf8', (err, text) => {
    if (err) next(err);
    res.type('csv').send(text);
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
