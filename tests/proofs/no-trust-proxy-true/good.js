const express = require('express');

const app = express();
app.set('trust proxy', 1);

const attempts = new Map();

app.post('/login', (req, res) => {
  const count = (attempts.get(req.ip) ?? 0) + 1;
  attempts.set(req.ip, count);
  if (count > 3) return res.status(429).json({ error: 'Too many attempts' });
  res.status(401).json({ error: 'Wrong password' });
});

app.listen(process.env.PORT || 3000);
