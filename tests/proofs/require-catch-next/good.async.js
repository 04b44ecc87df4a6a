const express = require('express');

const app = express();

// Stands in for a database that is down.
async function findUser(id) {
  throw new Error(`no connection, cannot find user ${id}`);
}

// Express 4 ignores what a handler returns; this hands a rejection to next().
const wrap = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);

app.get('/users', wrap(async (req, res) => {
  res.json([await findUser(1)]);
}));

app.get('/users/:id', wrap(async (req, res) => {
  const user = await findUser(req.params.id);
  res.json(user);
}));

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
