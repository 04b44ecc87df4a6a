const util = require('util');
const express = require('express');

const app = express();
const log = util.debuglog('receipts');

// Stands in for a mail server that is down.
async function sendReceipt(order) {
  throw new Error(`no connection, cannot send the receipt for order ${order}`);
}

app.post('/orders/:id', (req, res) => {
  // The client has its answer and needs no other: here, logging is enough.
  sendReceipt(req.params.id).catch((err) => log('receipt %s: %s', req.params.id, err.message));
  res.status(202).json({ accepted: true });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
