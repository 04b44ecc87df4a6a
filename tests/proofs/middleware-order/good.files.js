const compression = require('compression');
const express = require('express');

const app = express();

app.use(compression());
app.use(express.static('public'));

app.get('/health', (req, res) => {
  res.send('ok');
});

app.listen(process.env.PORT || 3000);
