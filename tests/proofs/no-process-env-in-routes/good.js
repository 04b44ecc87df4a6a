const express = require('express');

const app = express();
const files = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'];
const cdn = process.env.CDN_URL || 'https://cdn.example/';

// The address of a photo, at the network that delivers them.
function addressOf(file) {
  return new URL(file, cdn).href;
}

app.get('/photos', (req, res) => {
  res.json(files.map((file) => addressOf(file)));
});

app.listen(process.env.PORT || 3000);
