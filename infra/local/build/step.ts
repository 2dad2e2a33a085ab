import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { spawnGuarded } from '../guardedProcess.ts';
import { hashSources } from './sourceHash.ts';

export const root = path.resolve(import.meta.dirname, '../../..');

/** A part of the product that is made from sources by a command of its own. */
export interface Step {
  name: string;
  /** Globs of what it is made from. */
  sources: readonly string[];
  /** What it makes. The hash of its sources lies in there: whoever empties it makes the step run again. */
  outDir: string;
  /** Arguments of Node. */
  command: readonly string[];
}

/**
 * Runs the step when its sources have changed since the last time.
 * @returns whether it ran
 * @throws Error with the command's output when it fails
 */
export async function runStep({ name, sources, outDir, command }: Step): Promise<boolean> {
  const hash = hashSources(root, sources);
  const mark = path.join(outDir, '.sources');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return false;
  await runNode(name, command);
  writeFileSync(mark, hash);
  return true;
}

function runNode(name: string, command: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawnGuarded(process.execPath, [...command], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const note = (chunk: Buffer) => (output += chunk.toString());
    for (const stream of [child.stdout, child.stderr] as Readable[]) stream.on('data', note);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${name} could not be built:\n${output}`))));
  });
}
