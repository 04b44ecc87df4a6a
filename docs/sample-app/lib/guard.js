const domain = require('domain');

/** Answers the requests whose code throws where nobody catches it. */
exports.guard = (req, res, next) => {
  const guarded = domain.create();
  guarded.on('error', (err) => next(err));
  guarded.run(next);
};
