import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lockDataDir } from '../dataLock.ts';
import type { LocalHost } from '../host.ts';
import { seedDemo } from './demo.ts';

const markOf = (dataDir: string, state: 'begun' | 'seeded'): string => path.join(dataDir, `demo.${state}`);

/**
 * Clears what a start left that was interrupted while it made the demo. Nobody has used these data yet: the product
 * says that it is ready only afterwards.
 * @throws DataInUseError when another process is making them at this moment
 */
export function clearHalfMadeDemo(dataDir: string): void {
  if (!existsSync(markOf(dataDir, 'begun')) || existsSync(markOf(dataDir, 'seeded'))) return;
  const release = lockDataDir(dataDir);
  try {
    for (const name of readdirSync(dataDir)) if (!name.startsWith('lock')) rmSync(path.join(dataDir, name), { recursive: true });
  } finally {
    release();
  }
}

/** Makes the demo workspace at the first start on these data. */
export async function seedOnce(host: LocalHost, dataDir: string, print: (line: string) => void): Promise<void> {
  if (existsSync(markOf(dataDir, 'seeded'))) return;
  print('First start: making the demo workspace.');
  writeFileSync(markOf(dataDir, 'begun'), '');
  await seedDemo(host);
  writeFileSync(markOf(dataDir, 'seeded'), '');
}
