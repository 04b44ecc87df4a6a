const fs = require('fs');
const express = require('express');

const app = express();

app.get('/settings', (req, res, next) => {
  fs.readFile(__filename, 'utf8', (err, text) => {
    if (err) return next(err);
    try {
      // This file is no JSON.
      res.json(JSON.parse(text));
    } catch (error) {
      next(error);
    }
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
