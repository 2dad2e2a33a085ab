// One cold start: loads the bundle named first, hands it the event, prints when each was done and what work it was, in milliseconds.
const { performance } = require('node:perf_hooks');
const [, , bundle, event] = process.argv;
const given = JSON.parse(event);
const worked = process.cpuUsage();
const start = performance.now();
const { handler } = require(bundle);
const loaded = performance.now();
Promise.resolve(handler(given, { awsRequestId: 'cold' })).then((answer) => {
  const answered = performance.now();
  const { user, system } = process.cpuUsage(worked);
  process.stdout.write(
    JSON.stringify({ load: loaded - start, whole: answered - start, work: (user + system) / 1000, status: answer.statusCode }),
  );
});
