const express = require('express');

const app = express();

app.get('/users', (req, res) => {
  res.json(Array.from({ length: 1000 }, (_, id) => ({ id, name: `User ${id}` })));
});

app.listen(process.env.PORT || 3000);
