const express = require('express');

const app = express();

// Says no by a rejection without a reason.
const checkToken = (token) => (token === 'right' ? Promise.resolve() : Promise.reject());

app.use('/secrets', async (req, res, next) => {
  await checkToken(req.get('authorization'));
  next();
});

app.get('/secrets', (req, res) => {
  res.json({ secret: 'swordfish' });
});

app.listen(process.env.PORT || 3000);
