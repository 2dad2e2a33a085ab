import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How far each reader has come, by any name; survives a restart. */
export interface Checkpoints {
  get(name: string): string | undefined;
  set(name: string, position: string): void;
}

/** @param file  absent: in memory */
export function openCheckpoints(file?: string): Checkpoints {
  const positions = new Map(Object.entries(file === undefined ? {} : readJson(file)));
  return {
    get: (name) => positions.get(name),
    set(name, position) {
      positions.set(name, position);
      if (file === undefined) return;
      // By rename: a kill leaves the old or the new positions, and a reader that falls back repeats, never skips.
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
      renameSync(`${file}.new`, file);
    },
  };
}

function readJson(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    mkdirSync(path.dirname(file), { recursive: true });
    return {};
  }
}
