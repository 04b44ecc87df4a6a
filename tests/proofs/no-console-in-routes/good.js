const express = require('express');
const pino = require('pino');

const logger = pino(pino.destination({ minLength: 4096, sync: false }));
const app = express();

app.get('/search', (req, res) => {
  logger.info('search for %s', req.query.q);
  res.json({ results: [] });
});

app.get('/health', (req, res) => {
  res.send('ok');
});

app.use((err, req, res, next) => {
  logger.error(err);
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

// At startup nobody waits: this is fine.
console.log('starting');
app.listen(process.env.PORT || 3000);
