const express = require('express');

const app = express();

app.get('/report', (req, res) => {
  setTimeout(() => res.json({ users: 7 }), 2000);
});

app.listen(process.env.PORT || 3000);

process.on('SIGTERM', () => {
  console.log('stopped');
  process.exit(0);
});
