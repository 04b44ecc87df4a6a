// Loaded into an example app before its own code (`node --require`). It changes nothing the app
// can see: it picks the Express to load, keeps the server on 127.0.0.1, tells the proof where the
// server listens, and notes what happens while a request is handled: synchronous writes to standard output, and reads of
// the environment.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const { isBuiltin } = require('node:module');
const Module = require('node:module');
const net = require('node:net');

const { PROOF_EXPRESS, PROOF_ROOT, PROOF_REPORT } = process.env;
const { writeSync } = fs;
const report = fs.openSync(PROOF_REPORT, 'a');
const tell = (event) => writeSync.call(fs, report, `${JSON.stringify(event)}\n`);

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  // Packages that load parts of Express load those of the same one.
  if (/^express(?:\/|$)/.test(request)) {
    return resolve.call(this, request.replace('express', PROOF_EXPRESS), parent, isMain, { paths: [PROOF_ROOT] });
  }
  const ofTheApp = parent?.filename?.startsWith(process.cwd());
  if (!ofTheApp || isBuiltin(request) || /^[./]/.test(request)) {
    return resolve.call(this, request, parent, isMain, options);
  }
  return resolve.call(this, request, parent, isMain, { paths: [PROOF_ROOT] });
};

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => tell({ port: this.address().port, pid: process.pid }));
  return listen.call(this, port, '127.0.0.1', ...rest);
};

let handling = 0;
const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return emit.call(this, event, ...args);
  handling += 1;
  try {
    return emit.call(this, event, ...args);
  } finally {
    handling -= 1;
  }
};

fs.writeSync = function (fd, ...args) {
  if (fd === 1 && handling > 0) tell({ syncWrite: true });
  return writeSync.call(fs, fd, ...args);
};

process.env = new Proxy(process.env, {
  get(environment, name) {
    if (handling > 0 && typeof name === 'string') tell({ read: name });
    return environment[name];
  },
  set(environment, name, value) {
    environment[name] = value;
    return true;
  },
});
