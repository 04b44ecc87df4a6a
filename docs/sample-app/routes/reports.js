const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const express = require('express');

const db = require('../lib/db');

const router = express.Router();

router.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).send('The report could not be made.');
});

async function loadTemplate(name) {
  const text = fs.readFileSync(path.join(__dirname, '../templates', `${name}.html`), 'utf8');
  return (values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

function toPdf(html) {
  return execFileSync('wkhtmltopdf', ['-', '-'], { input: html });
}

router.get('/usage', async (req, res, next) => {
  try {
    const render = await loadTemplate('usage');
    const { rows } = await db.query('SELECT count(*) AS photos FROM photos');
    res.type('pdf').send(toPdf(render(rows[0])));
  } catch (err) {
    next(err);
  }
});

module.exports = router;
