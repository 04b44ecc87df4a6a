const express = require('express');

const app = express();
const files = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'];

// The address of a photo, at the network that delivers them.
function addressOf(file) {
  return new URL(file, process.env.CDN_URL || 'https://cdn.example/').href;
}

app.get('/photos', (req, res) => {
  res.json(files.map((file) => addressOf(file)));
});

app.listen(process.env.PORT || 3000);
