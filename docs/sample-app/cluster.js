const cluster = require('cluster');
const os = require('os');

if (cluster.isPrimary) {
  for (let i = 0; i < os.cpus().length; i++) cluster.fork();
  cluster.on('exit', (worker) => {
    console.error('worker %d has ended', worker.process.pid);
  });
} else {
  require('./app');
}
