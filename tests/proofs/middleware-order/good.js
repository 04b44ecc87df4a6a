const express = require('express');

const app = express();

app.get('/users/:id', (req, res) => {
  throw new Error('The database is down');
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(503).json({ error: 'Please try again later' });
});

app.listen(process.env.PORT || 3000);
