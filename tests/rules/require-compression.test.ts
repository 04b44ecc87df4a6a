import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/require-compression.js';
import { project } from '../files.js';

const top = { '.git/HEAD': '' };
const alone = project({ ...top, 'app.js': `module.exports = require('express')();`, 'nginx.conf': 'server { listen 80; }', 'test/zip.test.js': `require('compression');` });
const compressed = project({ ...top, 'lib/middleware.js': `module.exports = (app) => app.use(require('compression')());` });
const behind = project({ ...top, 'deploy/nginx.conf': 'http { gzip on; }' });
const hosted = project({ ...top, 'vercel.json': '{}' });
const filename = alone.path('server.js');
const start = `const express = require('express');\nconst app = express();\n`;
const listen = `app.listen(3000);`;

const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

tester.run('require-compression', rule, {
  valid: [
    { filename, code: `const compression = require('compression');\n${start}app.use(compression());\n${listen}`, name: 'with compression' },
    { filename, code: `${start}module.exports = app;`, name: 'does not listen' },
    { filename, code: `const app = require('koa')();\n${listen} // express`, name: 'another framework' },
    { filename, code: `const app = require('json-server').create();\n${listen} // express`, name: 'an app that a package makes' },
    { filename, code: `${start}${listen}`, options: [{ reverseProxy: true }], name: 'behind a proxy, by the options' },
    { filename: compressed.path('server.js'), code: `${start}${listen}`, name: 'compression in another file' },
    { filename: behind.path('server.js'), code: `${start}${listen}`, name: 'a proxy that compresses' },
    { filename: hosted.path('server.js'), code: `${start}${listen}`, name: 'a platform that compresses' },
    { filename: alone.path('test/server.js'), code: `${start}${listen}`, name: 'a test' },
  ],
  invalid: [
    {
      filename,
      code: `${start}${listen}`,
      options: [{ reverseProxy: false }],
      errors: [
        {
          messageId: 'uncompressed',
          line: 2,
          column: 13,
          endColumn: 22,
          suggestions: [{ messageId: 'useCompression', output: `const express = require('express');\nconst compression = require('compression');\nconst app = express();\napp.use(compression());\n${listen}` }],
        },
      ],
      name: 'an app',
    },
    {
      filename,
      code: `import express from "express"\n\nexport function start() {\n  const app = express()\n  require('http').createServer(app).listen(3000)\n}`,
      languageOptions: { parserOptions: { sourceType: 'module' } },
      errors: [
        {
          messageId: 'uncompressed',
          suggestions: [
            { messageId: 'useCompression', output: `import express from "express"\nimport compression from "compression"\n\nexport function start() {\n  const app = express()\n  app.use(compression())\n  require('http').createServer(app).listen(3000)\n}` },
          ],
        },
      ],
      name: 'a server of an app',
    },
    { filename, code: `const app = require('express')(); // the app\n${listen}`, errors: [{ messageId: 'uncompressed', suggestions: null }], name: 'made where it is required' },
    { filename, code: `${start.trim()} // the app\n${listen}`, errors: [{ messageId: 'uncompressed', suggestions: null }], name: 'a comment on the line' },
    { filename, code: `class Api { constructor() { this.app = require('express')(); } start() { this.app.listen(3000); } }`, errors: [{ messageId: 'uncompressed', suggestions: null }], name: 'in a class' },
    { filename, code: `const app = require('./app');\n${listen} // express`, errors: [{ messageId: 'uncompressed', line: 2, suggestions: null }], name: 'an app of another file' },
  ],
});
