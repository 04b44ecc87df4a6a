const fs = require('fs');
const path = require('path');
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const pino = require('pino');

const { guard } = require('./lib/guard');
const login = require('./routes/login');
const albums = require('./routes/albums');
const photos = require('./routes/photos');
const reports = require('./routes/reports');

// Read once, while no client waits yet.
const { version } = JSON.parse(fs.readFileSync(path.join(__dirname, 'package.json'), 'utf8'));

const logger = pino({ name: 'app' });
const app = express();

process.on('uncaughtException', (err) => {
  logger.error(err);
});

app.disable('view cache');
app.use(guard);
app.use(express.json());
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.use(passport.initialize());

app.get('/version', (req, res) => {
  res.json({ version });
});

app.use('/login', login);
app.use('/albums', albums);
app.use('/photos', photos);
app.use('/reports', reports);

app.use((err, req, res, next) => {
  logger.error(err);
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

const port = process.env.PORT || 3000;
app.listen(port, () => {
  console.log('version %s listens on port %d', version, port);
});
