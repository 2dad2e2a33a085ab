/**
 * `npm run bench [name]`: one program of this folder, or all of them, one after the other. At the end the figures of
 * those that ran stand in one table beside their goals; `.build/bench.json` keeps the last ones of each program.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readReports } from './support/report.ts';

const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'run' && !name.endsWith('.test'))
  .sort();
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !names.includes(name)) {
  console.log(`no bench ${name}; there are ${names.join(', ')}`);
  process.exit(1);
}
const begun = new Date().toISOString();
const wanted = name === undefined ? names : [name];
const broken = wanted.filter((each) => {
  console.log(`\n── ${each}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${each}.ts`), ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  return !((readReports()[each]?.at ?? '') >= begun);
});

const reports = readReports();
console.log('\n── figures');
console.table(
  wanted
    .filter((each) => !broken.includes(each))
    .flatMap((each) => (reports[each]?.figures ?? []).map((figure) => ({ program: each, ...figure }))),
);
for (const each of broken) console.log(`${each} ended before it had measured anything`);
