const { Monitor } = require('forever-monitor');

new Monitor('app.js', { max: 10 }).start();
