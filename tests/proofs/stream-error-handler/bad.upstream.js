const http = require('http');
const express = require('express');

const app = express();

app.get('/prices', (req, res) => {
  // Nobody listens on this port.
  http.get('http://127.0.0.1:1/prices', (upstream) => {
    upstream.pipe(res);
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
