const fs = require('fs');
const express = require('express');

const app = express();

app.get('/size', (req, res, next) => {
  fs.stat('reports/latest.csv', (err, stats) => {
    if (err) return next(err);
    res.json({ bytes: stats.size });
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
