const crypto = require('crypto');
const express = require('express');

const app = express();
app.use(express.json());

function hashPassword(password) {
  const salt = crypto.randomBytes(16);
  const hash = crypto.pbkdf2Sync(password, salt, 600_000, 32, 'sha512');
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

app.post('/users', (req, res) => {
  const { name, password } = req.body;
  const user = { name, password: hashPassword(password) };
  res.status(201).json({ name: user.name });
});

app.get('/health', (req, res) => {
  res.send('ok');
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
