/**
 * `npm run bench start`: seconds from `npm start` to "ready" on a fresh clone of what is committed here (packages are
 * borrowed), first with nothing built and no data, then again, and again after the host was killed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { rounded } from './support/quantiles.ts';
import { atMost, report } from './support/report.ts';

const root = resolve(import.meta.dirname, '../..');
const MOST_SECONDS = { first: 90, later: 15 };

const folder = mkdtempSync(join(os.tmpdir(), 'regulars-start-'));
try {
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const starts = [
    ['first, nothing built', MOST_SECONDS.first, 'SIGINT'],
    ['later', MOST_SECONDS.later, 'SIGKILL'],
    ['later, after it was killed', MOST_SECONDS.later, 'SIGINT'],
  ] as const;
  const rows = [];
  for (const [what, most, signal] of starts) {
    const seconds = await secondsToReady(signal);
    rows.push({ start: what, seconds: rounded(seconds, 1), most, verdict: seconds > most ? 'over' : '' });
  }
  console.table(rows);
  report(
    'start',
    rows.map((row) => atMost(`npm start, ${row.start}`, row.seconds, row.most, 's')),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts the product as `npm start` does, waits until it says so, and ends it by that signal. */
async function secondsToReady(signal: 'SIGINT' | 'SIGKILL'): Promise<number> {
  const start = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, '.data') },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that npm and the host end together
  });
  let said = '';
  const ended = once(child, 'exit');
  await new Promise<void>((ready, failed) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/^ready http/m.test(said)) ready();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => failed(new Error(`it ended before it was ready: ${said.slice(-600)}`)));
  });
  const seconds = (performance.now() - start) / 1000;
  process.kill(-child.pid!, signal);
  await ended;
  return seconds;
}
