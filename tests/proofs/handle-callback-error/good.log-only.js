const fs = require('fs');
const express = require('express');

const app = express();

app.post('/notes', (req, res, next) => {
  fs.writeFile('notes/latest.txt', 'Buy milk', (err) => {
    if (err) return next(err);
    res.send('Stored.');
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
