/**
 * `npm run bench units [-- --records 100000]`: request units of the operations that the cost of the product rests on,
 * beside the committed ones (units.json). They are exact, so a difference is a change of the product; and they are the
 * same in a workspace of any size. `--write` commits those of a thousand records.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { openLocalTable } from './support/localTable.ts';
import { report, such } from './support/report.ts';
import { measureUnits, type Measured } from './support/unitOperations.ts';

/** A row of units.json: what was measured, the most that the design allows, and why it is over where it is. */
export interface Committed extends Measured {
  readonly most?: Partial<Measured>;
  readonly over?: string;
}

const file = join(import.meta.dirname, 'units.json');
export const committedUnits = (): Record<string, Committed> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Committed>;

/** The size that is committed, and measured with every run of the tests. */
export const RECORDS = 1000;

export const isOver = ({ reads, writes, most }: Committed): boolean =>
  reads > (most?.reads ?? Infinity) || writes > (most?.writes ?? Infinity);

async function measureLarge(records: number): Promise<Record<string, Measured>> {
  const { db, close } = await openLocalTable();
  try {
    return await measureUnits(db, records);
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { records: { type: 'string' }, write: { type: 'boolean' } }, allowPositionals: true });
  const records = Number(values.records ?? RECORDS);
  const measured = records === RECORDS ? await measureUnits(memoryDatabase(), RECORDS) : await measureLarge(records);
  const committed = committedUnits();
  if (values.write) {
    const rows = Object.entries(measured).map(([name, { reads, writes }]) => [name, { ...committed[name], reads, writes }]);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
  }
  const rows = Object.entries(measured).map(([name, { reads, writes }]) => {
    const row = committed[name];
    const same = row && Math.abs(row.reads - reads) <= 0.02 * row.reads && Math.abs(row.writes - writes) <= 0.02 * row.writes;
    const most = row?.most ? `${row.most.reads ?? '–'} / ${row.most.writes ?? '–'}` : '';
    return { operation: name, reads, writes, 'most (r / w)': most, verdict: !same ? 'CHANGED' : isOver(row) ? 'over' : '' };
  });
  console.log(`request units at ${records} records`);
  console.table(rows);
  report(
    'units',
    rows.map((row) =>
      such(`${row.operation}, units read / written`, `${row.reads} / ${row.writes}`, row['most (r / w)'], row.verdict !== 'CHANGED'),
    ),
  );
  if (values.write) process.exitCode = 0;
}

if (import.meta.main) await main();
