// One cold start: loads the bundle named first, hands it the event, prints when each was done, in milliseconds.
const { performance } = require('node:perf_hooks');
const [, , bundle, event] = process.argv;
const given = JSON.parse(event);
const start = performance.now();
const { handler } = require(bundle);
const loaded = performance.now();
Promise.resolve(handler(given, { awsRequestId: 'cold' })).then((answer) => {
  const answered = performance.now();
  process.stdout.write(JSON.stringify({ load: loaded - start, whole: answered - start, status: answer.statusCode }));
});
