const bcrypt = require('bcrypt');
const express = require('express');
const jwt = require('jsonwebtoken');
const passport = require('passport');
const { Strategy } = require('passport-local');

const db = require('../lib/db');

function hasPassword(user, password) {
  return bcrypt.compareSync(password, user.hash);
}

passport.use(new Strategy((name, password, done) => {
  db.query('SELECT * FROM users WHERE name = $1', [name])
    .then(({ rows: [user] }) => {
      done(null, user && hasPassword(user, password) ? user : false);
    })
    .catch(done);
}));

const router = express.Router();

router.post('/', passport.authenticate('local', { session: false }), (req, res) => {
  const token = jwt.sign({ sub: req.user.id }, process.env.SECRET, { expiresIn: '1h' });
  res.json({ token });
});

router.use((err, req, res) => {
  res.status(401).json({ error: 'Wrong name or password' });
});

module.exports = router;
