import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runStep } from '../../../infra/local/build/step.ts';

describe('the start command', () => {
  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../../infra/local/start.ts')], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });

  it('says in one sentence that Java is missing, before it builds anything', () => {
    const { status, stdout, stderr } = start({ JAVA_HOME: '/nowhere' });

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Java 17 or newer is needed[^\n]*\n$/);
  });

  it('says what is wrong with its port', () => {
    const { status, stderr } = start({ PORT: 'eighty' });

    expect(status).toBe(1);
    expect(stderr).toMatch(/PORT: not a port: eighty/);
  });
});

describe('a step of the build', () => {
  const dirs: string[] = [];
  afterEach(() => dirs.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

  function stepOf(script: string) {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'step-'));
    dirs.push(dir);
    mkdirSync(path.join(dir, 'src/deep'), { recursive: true });
    writeFileSync(path.join(dir, 'src/deep/a.txt'), 'one');
    const step = { name: 'It', sources: [path.join(dir, 'src/**/*')], outDir: path.join(dir, 'out'), command: ['-e', script, dir] };
    return { dir, run: () => runStep(step) };
  }
  const build = `const fs = require('node:fs'); const out = process.argv[1] + '/out'; fs.rmSync(out, { recursive: true, force: true }); fs.mkdirSync(out);`;

  it('runs again only when a source changes, comes, goes, or its output is emptied', async () => {
    const { dir, run } = stepOf(build);
    const ran = [await run(), await run()];

    writeFileSync(path.join(dir, 'src/deep/a.txt'), 'two');
    ran.push(await run(), await run());
    writeFileSync(path.join(dir, 'src/b.txt'), '');
    ran.push(await run());
    rmSync(path.join(dir, 'src/b.txt'));
    ran.push(await run());
    rmSync(path.join(dir, 'out/.sources'));
    ran.push(await run(), await run());

    expect(ran).toEqual([true, false, true, false, true, true, true, false]);
  });

  it('that fails says what it printed, and runs again the next time', async () => {
    const { run } = stepOf(`console.error('a line is wrong'); process.exit(1);`);

    await expect(run()).rejects.toThrow(/It could not be built[^]*a line is wrong/);
    await expect(run()).rejects.toThrow(/a line is wrong/);
  });
});
