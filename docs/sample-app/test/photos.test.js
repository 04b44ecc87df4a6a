const assert = require('assert');
const fs = require('fs');
const test = require('node:test');
const express = require('express');
const session = require('express-session');

const photos = require('../routes/photos');
const { fileOf } = require('../lib/files');

test('a photo is stored', async () => {
  const app = express();
  app.use(session({ secret: 'test', resave: false, saveUninitialized: false }));
  app.use('/photos', photos);
  app.get('/stored', (req, res) => res.json(fs.existsSync(fileOf(1))));
  const server = app.listen(0);
  const url = `http://127.0.0.1:${server.address().port}`;

  await fetch(`${url}/photos/1`, { method: 'PUT', body: 'a picture' });

  assert.strictEqual(await (await fetch(`${url}/stored`)).json(), true);
  server.close();
});
