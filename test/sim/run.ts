/** `npm run sim -- --seeds N --seed S`: lives through N histories from seed S on; replays one with `--seeds 1 --seed S`. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, trace: { type: 'string' } },
});
const [count, first] = [Number(values.seeds), Number(values.seed)];
const started = performance.now();
let [steps, requests, lived, failed] = [0, 0, 0, 0];
let stopped = false;
process.once('SIGINT', () => (stopped = true));
for (let seed = first; seed < first + count && !stopped; seed++) {
  const outcome = await simulate({ seed });
  lived++;
  steps += outcome.steps;
  requests += outcome.requests;
  if (outcome.violations.length === 0) continue;
  failed++;
  console.log(`seed ${seed} (${outcome.digest}): ${outcome.violations.length} violations`);
  // One of each kind: a single cause often breaks many things of one kind.
  const kinds = Map.groupBy(outcome.violations, (violation) => violation.replace(/[\w-]*\d[\w-]*|".*/g, ''));
  for (const [first] of [...kinds.values()].slice(0, 8)) console.log(`  ${first}`);
  if (values.trace !== undefined)
    console.log(
      outcome
        .trace(values.trace)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${lived} histories from seed ${first}: ${failed} failed · ${(lived / seconds).toFixed(1)} a second · ${steps} steps, ${requests} requests`,
);
process.exitCode = failed ? 1 : 0;
