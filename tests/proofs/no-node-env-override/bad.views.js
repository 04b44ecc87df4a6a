const fs = require('fs');
const express = require('express');

const app = express();
const compiled = new Map();
let compilations = 0;

// Stands in for a template engine, all of which keep what they compile where Express tells them to.
app.engine('txt', (path, options, done) => {
  const render = options.cache ? compiled.get(path) : undefined;
  if (render) return done(null, render());
  fs.readFile(path, 'utf8', (err, text) => {
    if (err) return done(err);
    compilations += 1;
    compiled.set(path, () => text.replace('%d', compilations));
    done(null, compiled.get(path)());
  });
});

app.disable('view cache');

app.get('/', (req, res) => {
  res.render('home.txt');
});

app.listen(process.env.PORT || 3000);
