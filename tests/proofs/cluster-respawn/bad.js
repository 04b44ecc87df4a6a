const cluster = require('cluster');
const express = require('express');

if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) {
    cluster.fork();
  }
} else {
  const app = express();

  app.get('/', (req, res) => {
    res.send('hello');
  });

  app.get('/crash', () => {
    // What an exception does that nothing catches.
    process.exit(1);
  });

  app.listen(process.env.PORT || 3000);
}
