import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const module = JSON.stringify(path.resolve(import.meta.dirname, '../../../infra/local/guardedProcess.ts'));
/** Starts two children that never end and that look at no signal but KILL, ends one, and prints the other's pid. */
const parent = `
  import { killAndWait, spawnGuarded } from ${module};
  const endless = ['-e', "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); setInterval(() => {}, 1e6);"];
  const [first, second] = [spawnGuarded(process.execPath, endless), spawnGuarded(process.execPath, endless)];
  await killAndWait(first);
  process.stdout.write(JSON.stringify([first.pid, second.pid]) + '\\n');
  process.stdin.resume();
`;

describe('a guarded process', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'goes with its parent, even one that ends by %s',
    { timeout: 15_000 },
    async (signal) => {
      const host = spawn(process.execPath, ['--input-type=module-typescript', '-e', parent], { stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
      const [ended, child] = JSON.parse(line) as [number, number];
      const before = [isRunning(ended), isRunning(child)];

      host.kill(signal);

      await expect.poll(() => isRunning(child), { timeout: 10_000 }).toBe(false);
      expect(before).toEqual([false, true]);
    },
  );
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
