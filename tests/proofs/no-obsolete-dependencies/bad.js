require('express-async-errors');
const express = require('express');

const app = express();

app.get('/users/:id', async (req, res) => {
  throw new Error('The database is down');
});

app.listen(process.env.PORT || 3000);
