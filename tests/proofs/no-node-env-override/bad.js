process.env.NODE_ENV = 'development';

const express = require('express');

const app = express();

app.get('/photos/:id', (req, res, next) => {
  next(new Error(`No photo ${req.params.id} in the table of Ada's private photos`));
});

app.listen(process.env.PORT || 3000);
