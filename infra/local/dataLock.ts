import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class DataInUseError extends Error {
  override name = 'DataInUseError';
}

/**
 * Takes a data directory for this process.
 *
 * The lock is the exclusive transaction of an empty SQLite file: the operating system drops it when the process
 * dies, so unlike a pid file it is never stale, and a recycled pid cannot keep anybody out.
 * @returns the release
 * @throws DataInUseError when another process, or this one, already holds it
 */
export function lockDataDir(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const holderFile = path.join(dir, 'lock.pid');
  const db = new DatabaseSync(path.join(dir, 'lock'));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    const holder = readHolder(holderFile);
    throw new DataInUseError(`The data in ${dir} are in use by process ${holder}; stop it, or choose another DATA_DIR.`, {
      cause,
    });
  }
  writeFileSync(holderFile, String(process.pid)); // for the message alone
  let held = true;
  return () => {
    if (held) db.close();
    held = false;
  };
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}
