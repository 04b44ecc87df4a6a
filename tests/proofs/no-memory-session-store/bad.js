const express = require('express');
const session = require('express-session');

const app = express();

app.use(session({ secret: 'keep it elsewhere', resave: false, saveUninitialized: false }));

app.post('/login', (req, res) => {
  // Stands in for checking a password.
  req.session.user = 'ada';
  res.json({ user: 'ada' });
});

app.get('/me', (req, res) => {
  if (!req.session.user) return res.status(401).json({ error: 'Please log in' });
  res.json({ user: req.session.user });
});

app.listen(process.env.PORT || 3000);
