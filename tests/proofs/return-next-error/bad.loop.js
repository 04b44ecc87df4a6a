const express = require('express');

const app = express();

app.post('/orders', async (req, res) => {
  const products = ['tea', 'coffee'];
  products.forEach((product) => {
    if (!(product in req.query)) return res.status(400).json({ missing: product });
  });
  res.json({ ordered: true });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
