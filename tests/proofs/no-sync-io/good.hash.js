const crypto = require('crypto');
const util = require('util');
const express = require('express');

const app = express();
app.use(express.json());

const pbkdf2 = util.promisify(crypto.pbkdf2);

async function hashPassword(password) {
  const salt = crypto.randomBytes(16);
  const hash = await pbkdf2(password, salt, 600_000, 32, 'sha512');
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

app.post('/users', async (req, res, next) => {
  try {
    const { name, password } = req.body;
    const user = { name, password: await hashPassword(password) };
    res.status(201).json({ name: user.name });
  } catch (err) {
    next(err);
  }
});

app.get('/health', (req, res) => {
  res.send('ok');
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
