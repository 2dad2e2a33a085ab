import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../infra/local/log.ts';

describe('the log', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'log-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('writes each line to the function’s file and shows errors', () => {
    const shown: string[] = [];
    const log = createLog(dir, (line) => shown.push(line)).ofFunction('leads');

    log.line('{"level":"INFO","message":"fine"}', 'stdout');
    log.line('{"level":"ERROR","message":"no"}', 'stdout');
    log.line('at handler', 'stderr');

    expect(shown).toEqual(['[leads] {"level":"ERROR","message":"no"}', '[leads] at handler']);
    expect(readFileSync(path.join(dir, 'leads.log'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('begins a new file at a start when the old one has grown', () => {
    writeFileSync(path.join(dir, 'tick.log'), 'x'.repeat(6 * 1024 * 1024));

    createLog(dir, () => {})
      .ofFunction('tick')
      .line('new', 'stdout');

    expect(readdirSync(dir)).toContain('tick.log.1');
    expect(readFileSync(path.join(dir, 'tick.log'), 'utf8')).toMatch(/ new\n$/);
  });
});
