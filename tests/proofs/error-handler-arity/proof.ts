import type { RunningApp } from '../app.js';
import type { Example, Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

async function ask(app: RunningApp): Promise<Facts> {
  return { failing: await app.answer('/users/7'), missing: await app.answer('/nowhere') };
}

const passedOver = both({
  says: 'The error middleware is passed over: the client gets 500 from Express itself. Paths without a route get 500 too, since they run it as an ordinary function, with the wrong arguments.',
  facts: { failing: 500, missing: 500 },
});

const good: Example = {
  file: 'good.js',
  reports: silent,
  outcome: both({
    says: 'The client gets 503 from the error middleware, and 404 for a path without a route.',
    facts: { failing: 503, missing: 404 },
  }),
};

const proof: Proof = {
  rule: 'error-handler-arity',
  scenarios: [
    {
      title: 'three parameters',
      repair: 'fix',
      observe: ask,
      bad: { file: 'bad.js', reports: both(['app.use((err, req, res) =>']), outcome: passedOver },
      good,
    },
    {
      title: 'a default value',
      repair: 'suggestion',
      observe: ask,
      bad: { file: 'bad.default.js', reports: both(['app.use((err, req, res, next = ']), outcome: passedOver },
      good,
    },
    {
      title: 'a wrapper',
      repair: 'suggestion',
      observe: ask,
      bad: { file: 'bad.wrapped.js', reports: both(['app.use(asyncHandler(']), outcome: passedOver },
      good,
    },
  ],
};

export default proof;
