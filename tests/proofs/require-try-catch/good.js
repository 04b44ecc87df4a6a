const express = require('express');

const app = express();

app.get('/filter', (req, res, next) => {
  setImmediate(() => {
    try {
      res.json(JSON.parse(req.query.filter));
    } catch (err) {
      next(err);
    }
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
