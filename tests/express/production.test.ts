import { describe, expect, it } from 'vitest';

import { isServerFile, isTestFile } from '../../src/express/production.js';
import { model } from './model-of.js';

describe('isTestFile', () => {
  it.each([
    ['app.test.js'], ['app.spec.ts'], ['app.e2e.mts'], ['app-test.js'], ['app_spec.cjs'], ['app.stories.tsx'], ['app.cy.ts'],
    ['test/app.js'], ['tests/deep/app.js'], ['src/__tests__/app.js'], ['src/__mocks__/app.js'], ['e2e/app.js'], ['cypress/app.js'], ['fixtures/app.js'], ['benchmarks/app.js'],
  ])('%s', (path) => {
    expect(isTestFile(`/repo/${path}`, '/repo')).toBe(true);
  });

  it.each([
    ['app.js'], ['src/tested.js'], ['src/latest.js'], ['src/contest/app.js'], ['src/testing/app.js'], ['spec.js'], ['src/test.js'], ['src/inspect.ts'],
  ])('not %s', (path) => {
    expect(isTestFile(`/repo/${path}`, '/repo')).toBe(false);
  });

  it('does not look at the folders above the project', () => {
    expect(isTestFile('/test/repo/src/app.js', '/test/repo')).toBe(false);
    expect(isTestFile('/repo/test/app.js', undefined)).toBe(false);
    expect(isTestFile('/repo/app.test.js', undefined)).toBe(true);
  });
});

describe('a test', () => {
  const code = `const app = require('express')(); app.get('/x', (req, res) => res.end());`;

  it('serves nobody', () => {
    expect(model(code, { filename: '/no-such-folder/app.js' })).toMatchObject({ isServed: true, handlers: [{ kind: 'request' }] });
    expect(model(code, { filename: '/no-such-folder/app.test.js' })).toMatchObject({ isServed: false, handlers: [] });
  });
});

describe('isServerFile', () => {
  it.each([['app.js'], ['src/services/mail.ts'], ['lib/run.mjs'], ['webhooks/stripe.js']])('%s', (path) => {
    expect(isServerFile(`/repo/scripts/${path}`, '/repo/scripts')).toBe(true);
  });

  it.each([['scripts/mail.js'], ['bin/app.js'], ['client/mail.js'], ['migrations/1.ts'], ['src/upgrades/1.4.0/users.js'], ['src/Mail.tsx'], ['webpack.config.js'], ['gulpfile.js'], ['mail.test.js']])('not %s', (path) => {
    expect(isServerFile(`/repo/${path}`, '/repo')).toBe(false);
  });
});
