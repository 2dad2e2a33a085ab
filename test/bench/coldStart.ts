/**
 * `npm run bench coldStart`: how long a function's first answer takes, from loading its bundle, in a process of its own
 * each time, beside the AWS SDK's client and one read alone, in one file but otherwise as the SDK comes. Bundles take
 * turns; medians, since a machine's tail is noise.
 */
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { entries } from '../../infra/entries.ts';
import { capKb } from '../../infra/bundleSizes.ts';
import { deskOn } from '../support/desk.ts';
import { httpEvent } from '../support/visitors.ts';
import { openLocalTable } from './support/localTable.ts';
import { fillMarket, nthId } from './support/market.ts';
import { OWNER, settle } from './support/people.ts';
import { quantile, rounded } from './support/quantiles.ts';
import { atMost, report } from './support/report.ts';

const ROUNDS = 31;
const MOST_MS = 150;
const MOST_RATIO = 1.4;
const ALONE = 'sdk-alone';
/** The first request of each function: the whole door, and a record, a page or the session behind it. */
const REQUESTS: Readonly<Record<string, string>> = {
  [ALONE]: '',
  customers: `/customers/${nthId('cus', 0)}`,
  leads: '/leads',
  insight: '/digests',
  workspace: '/session',
};

const outDir = join(import.meta.dirname, '../../.build/bench');
const measured = entries.filter(({ name }) => name in REQUESTS);
await bundle({ outDir, entries: measured });
await build({
  ...{ entryPoints: [join(import.meta.dirname, 'coldStart/sdkAlone.ts')], outfile: join(outDir, ALONE, 'index.js') },
  ...{ bundle: true, platform: 'node', target: 'node24', format: 'cjs', mainFields: ['module', 'main'], minify: true },
});

writeFileSync(join(outDir, 'package.json'), '{"type":"commonjs"}'); // as in a Lambda, where no package.json of ours lies above

const { db, env, close } = await openLocalTable();
try {
  await fillMarket(db, 50);
  await settle(deskOn(db));
  const times = new Map<string, Start[]>(Object.keys(REQUESTS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const [name, starts] of times) starts.push(startOnce(name, REQUESTS[name]!));

  const median = (name: string, part: keyof Start): number =>
    quantile(
      times.get(name)!.map((start) => start[part]),
      0.5,
    );
  const rows = [...times.keys()].map((name) => {
    const ms = median(name, 'whole');
    const kb = Math.round(statSync(join(outDir, name, 'index.js')).size / 1024);
    const ratio = ms / median(ALONE, 'whole');
    const over = name !== ALONE && (ms > MOST_MS || ratio > MOST_RATIO || kb > capKb(name));
    return {
      ...{
        function: name,
        KB: kb,
        'load ms': rounded(median(name, 'load'), 0),
        'with first answer ms': rounded(ms, 0),
        ratio: rounded(ratio),
      },
      // By the processor's clock, which other work on the machine does not lengthen.
      ...{ 'work ms': rounded(median(name, 'work'), 0), 'work ratio': rounded(median(name, 'work') / median(ALONE, 'work')) },
      verdict: over ? 'over' : '',
    };
  });
  console.log(`cold starts, medians of ${ROUNDS}; at most ${MOST_MS} ms and ${MOST_RATIO} × the SDK alone`);
  console.table(rows);
  report(
    'coldStart',
    rows
      .filter((row) => row.function !== ALONE)
      .flatMap((row) => [
        atMost(`cold start of ${row.function}`, row['with first answer ms'], MOST_MS, 'ms'),
        atMost(`cold start of ${row.function}`, row.ratio, MOST_RATIO, '× the SDK alone'),
        atMost(`bundle of ${row.function}`, row.KB, capKb(row.function), 'KB'),
      ]),
  );
} finally {
  await close();
}

interface Start {
  readonly load: number;
  readonly whole: number;
  readonly work: number;
}

function startOnce(name: string, path: string): Start {
  const child = join(import.meta.dirname, 'coldStart/child.cjs');
  const event = httpEvent('GET', path, { as: OWNER }, `cold-${name}`);
  const { stdout, stderr } = spawnSync(process.execPath, [child, join(outDir, name, 'index.js'), JSON.stringify(event)], {
    env: { ...env, PATH: process.env['PATH'], PUBLIC_URL: 'https://crm.test' },
    encoding: 'utf8',
  });
  // A stack of minified code quotes whole bundles.
  if (!stdout.startsWith('{')) throw new Error(`${name} gave no answer: ${stderr.slice(-400)}`);
  const { status, ...times } = JSON.parse(stdout) as Start & { status: number };
  if (status !== 200) throw new Error(`${name} answered ${status}`);
  return times;
}
