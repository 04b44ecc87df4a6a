const fs = require('fs');
const express = require('express');

const app = express();

app.get('/report', (req, res) => {
  fs.readFile('reports/latest.csv', (err, text) => {
    res.type('csv').end(text);
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
