const express = require('express');

const app = express();

// Stands in for a database that is down.
async function findUser(id) {
  throw new Error(`no connection, cannot find user ${id}`);
}

app.get('/users/:id', (req, res, next) => {
  findUser(req.params.id)
    .then((user) => res.json(user))
    .catch(next);
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
