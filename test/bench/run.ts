/** `npm run bench [name]`: one program of this folder, or all of them, one after the other. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'run' && !name.endsWith('.test'))
  .sort();
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !names.includes(name)) {
  console.log(`no bench ${name}; there are ${names.join(', ')}`);
  process.exit(1);
}
for (const each of name === undefined ? names : [name]) {
  console.log(`\n── ${each}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${each}.ts`), ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
