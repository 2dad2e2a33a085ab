/**
 * `npm run check`: all that must hold before a change goes in, in the order of what fails fastest. A failed step does
 * not stop the others. Ends with one line for each step, and with 1 when any of them failed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Scripts of package.json. The import rule, the sizes and the template are held by tests. */
const STEPS = {
  format: 'format:check',
  lint: 'lint',
  types: 'types',
  tests: 'test',
  unused: 'unused',
  synth: 'synth',
} as const;

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

const outcomes = Object.entries(STEPS).map(([name, script]) => run(name, script));

console.log(
  `\n${outcomes.map(({ name, passed, seconds }) => `${passed ? 'passed' : 'FAILED'}  ${name.padEnd(8)}${seconds.toFixed(1).padStart(7)} s`).join('\n')}`,
);
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;

function run(name: string, script: string): Outcome {
  console.log(`\n── ${name}: npm run ${script}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
    // More histories than each run of the tests lives through.
    env: { SIM_SEEDS: '300', ...process.env },
  });
  return { name, passed: status === 0, seconds: (performance.now() - start) / 1000 };
}
