const express = require('express');

const app = express();

app.get('/report', (req, res) => {
  setTimeout(() => res.json({ users: 7 }), 2000);
});

const server = app.listen(process.env.PORT || 3000);

process.on('SIGTERM', () => {
  // No new requests from here on; Node ends the process when the others are done.
  server.close();
});
