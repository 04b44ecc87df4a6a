const express = require('express');

const app = express();
const rates = { EUR: 1, USD: 1.1 };
let paying = false;

// Stands in for a call to a bank.
function reserve(done) {
  setTimeout(done, 20);
}

app.get('/pay/:currency', (req, res, next) => {
  if (paying) return res.status(503).json({ error: 'Another payment is under way' });
  paying = true;
  reserve(() => {
    paying = false;
    const rate = rates[req.params.currency];
    if (rate === undefined) return next(new Error(`No rate for ${req.params.currency}`));
    res.json({ price: rate.toFixed(2) });
  });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
