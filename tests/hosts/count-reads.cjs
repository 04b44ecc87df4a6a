'use strict';

/**
 * Loaded before a program: writes down which files of a project it asks the disk for.
 * PROJECT is the project's folder, ASKED the file to write into; a line is `read path` or `look path`.
 */
const fs = require('fs');
const { syncBuiltinESMExports } = require('module');
const { sep } = require('path');

const { ASKED, PROJECT } = process.env;
const { appendFileSync } = fs;

function watch(name, as) {
  const original = fs[name];
  fs[name] = Object.assign((path, ...rest) => {
    if (typeof path === 'string' && path.startsWith(PROJECT + sep) && !path.includes(`${sep}node_modules${sep}`)) {
      appendFileSync(ASKED, `${as} ${path.slice(PROJECT.length + 1).split(sep).join('/')}\n`);
    }
    return original(path, ...rest);
  }, original);
}

watch('readFileSync', 'read');
watch('statSync', 'look');
syncBuiltinESMExports();
