'use strict';

// CommonJS, so that either build can load it when it is first needed; the build bundles what it requires.
module.exports = {
  analyze: require('@typescript-eslint/scope-manager').analyze,
  visitorKeys: require('@typescript-eslint/visitor-keys').visitorKeys,
};
