const { once } = require('events');
const { Worker, isMainThread, parentPort, threadId } = require('worker_threads');
const express = require('express');

if (isMainThread) {
  const app = express();
  // One will do here; piscina keeps as many as there are cores, and replaces those that fail.
  const worker = new Worker(__filename);
  worker.on('error', (err) => {
    throw err;
  });
  let last = Promise.resolve();

  app.get('/squares/:n', (req, res, next) => {
    last = last
      .then(async () => {
        worker.postMessage(Number(req.params.n));
        const [answer] = await once(worker, 'message');
        res.json(answer);
      })
      .catch(next);
  });

  app.listen(process.env.PORT || 3000);
} else {
  // Stands in for something that takes long.
  parentPort.on('message', (n) => parentPort.postMessage({ square: n ** 2, thread: threadId }));
}
