const express = require('express');

const app = express();

// Stands in for a database that is down.
async function findUser(id) {
  throw new Error(`no connection, cannot find user ${id}`);
}

app.get('/users/:id', async (req, res, next) => {
  const user = await findUser(req.params.id);
  try {
    res.json(user);
  } catch (err) {
    next(err);
  }
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
