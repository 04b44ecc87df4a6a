const fs = require('fs');
const { pipeline } = require('stream');
const zlib = require('zlib');
const express = require('express');
const pino = require('pino');

const { fileOf } = require('../lib/files');

const logger = pino({ name: 'photos' });
const router = express.Router();

router.get('/:id', (req, res) => {
  console.log('download of photo', req.params.id);
  res.type('jpeg');
  fs.createReadStream(fileOf(req.params.id)).pipe(res);
});

router.put('/:id', (req, res) => {
  const file = fs.createWriteStream(fileOf(req.params.id));
  req.pipe(file);
  file.on('finish', () => {
    logger.info('photo %s is stored', req.params.id);
    res.sendStatus(204);
  });
});

router.get('/:id/size', (req, res) => {
  fs.stat(fileOf(req.params.id), (err, stats) => {
    res.json({ bytes: stats.size });
  });
});

router.get('/:id/tags', (req, res, next) => {
  fs.readFile(`${fileOf(req.params.id)}.json`, 'utf8', (err, text) => {
    if (err) next(err);
    res.json(JSON.parse(text));
  });
});

router.get('/:id/gzip', (req, res) => {
  res.type('gzip');
  pipeline(fs.createReadStream(fileOf(req.params.id)), zlib.createGzip(), res, (err) => {
    if (err) logger.warn(err);
  });
});

module.exports = router;
