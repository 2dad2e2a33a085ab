import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

/** The functions behind `#messages`, from the words as they stand now. */
export default async function setup(): Promise<void> {
  // A process of its own: the compiler keeps a handle that would hold up the end of the run.
  await promisify(execFile)('npm', ['run', '--silent', 'messages'], { cwd: root });
}
