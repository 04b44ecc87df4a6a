const express = require('express');

const app = express();

let notes = ['Buy milk'];

app.use((req, res, next) => {
  if (req.method === 'POST' && !req.get('authorization')) {
    return res.sendStatus(401);
  }
  next();
});

app.post('/notes/clear', (req, res) => {
  notes = [];
  res.sendStatus(204);
});

app.get('/notes', (req, res) => {
  if (notes.length === 0) return res.sendStatus(404);
  res.json(notes);
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
