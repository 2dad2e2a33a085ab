import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * SHA-256 over the names and contents of files.
 * @param patterns  globs below `root`, or absolute
 */
export function hashSources(root: string, patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: root }).sort()) {
    const absolute = path.resolve(root, file);
    if (statSync(absolute).isFile()) hash.update(`\0${file}\0`).update(readFileSync(absolute));
  }
  return hash.digest('hex');
}
