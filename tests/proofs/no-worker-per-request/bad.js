const { Worker, isMainThread, parentPort, threadId, workerData } = require('worker_threads');
const express = require('express');

if (isMainThread) {
  const app = express();

  app.get('/squares/:n', (req, res, next) => {
    const worker = new Worker(__filename, { workerData: Number(req.params.n) });
    worker.once('message', (answer) => res.json(answer));
    worker.once('error', next);
  });

  app.listen(process.env.PORT || 3000);
} else {
  // Stands in for something that takes long.
  parentPort.postMessage({ square: workerData ** 2, thread: threadId });
}
