const express = require('express');

const app = express();

// Stands in for two services, the second of which is down.
async function findUser(id) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { id };
}
async function findOrders(id) {
  throw new Error(`no connection, cannot find the orders of ${id}`);
}

app.get('/users/:id', async (req, res, next) => {
  try {
    const orders = findOrders(req.params.id);
    const user = await findUser(req.params.id);
    res.json({ user, orders: await orders });
  } catch (err) {
    next(err);
  }
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
