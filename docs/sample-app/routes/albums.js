const express = require('express');
const asyncHandler = require('express-async-handler');

const db = require('../lib/db');

const router = express.Router();

router.get('/', asyncHandler(async (req, res) => {
  const { rows } = await db.query('SELECT * FROM albums');
  res.json(rows);
}));

router.get('/:id', async (req, res) => {
  const { rows } = await db.query('SELECT * FROM albums WHERE id = $1', [req.params.id]);
  if (rows.length === 0) return res.sendStatus(404);
  res.json(rows[0]);
});

router.get('/:id/photos', (req, res) => {
  db.query('SELECT * FROM photos WHERE album = $1', [req.params.id])
    .then(({ rows }) => res.json(rows));
});

router.post('/', async (req, res, next) => {
  try {
    const { rows } = await db.query('INSERT INTO albums (title) VALUES ($1) RETURNING *', [req.body.title]);
    res.status(201).json(rows[0]);
  } catch (err) {
    next(err);
  }
});

router.delete('/:id', (req, res) => {
  db.query('DELETE FROM albums WHERE id = $1', [req.params.id])
    .then(() => res.sendStatus(204))
    .catch(console.error);
});

module.exports = router;
