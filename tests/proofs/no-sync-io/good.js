const fs = require('fs');
const express = require('express');

const app = express();

// At startup nobody waits: this is fine.
const title = fs.readFileSync('title.txt', 'utf8').trim();

async function loadReport() {
  const text = await fs.promises.readFile('reports/latest.json', 'utf8');
  return JSON.parse(text);
}

app.get('/report', async (req, res, next) => {
  try {
    const report = await loadReport();
    res.json({ title, ...report });
  } catch (err) {
    next(err);
  }
});

app.get('/health', (req, res) => {
  res.send('ok');
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.listen(process.env.PORT || 3000);
