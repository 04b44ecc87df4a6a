const cluster = require('cluster');
const express = require('express');
const session = require('express-session');

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  cluster.on('exit', (worker, code) => {
    process.stderr.write(`Worker ${worker.id} exited with code ${code}\n`);
    cluster.fork();
  });
} else {
  const app = express();

  app.use(session({ secret: 'keep it elsewhere', resave: false, saveUninitialized: false, store: new session.MemoryStore() }));

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
}
