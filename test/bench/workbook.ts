/**
 * `npm run bench workbook [-- --rows 50000]`: seconds and memory that the workbook of an export takes, with its rows at
 * hand as the job has them: so many rows of 14 columns of every sort.
 */
import { parseArgs } from 'node:util';
import { workbook } from '../../functions/records/workbook.ts';
import type { Cell } from '../../shared/kernel/sheet.ts';
import { atMost, report } from './support/report.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } });
const count = Number(values.rows);
const MOST = { seconds: 10, megabytes: 250 };

const NAMES = ['Müller Rösterei', '上海常客咖啡有限公司', 'Berg & Söhne', '=SUM(A1)', 'Wang Wei'];
const columns = [
  ...['text', 'text', 'choice', 'money', 'date', 'number', 'boolean'],
  ...['instant', 'instant', 'ref', 'email', 'phone', 'tags', 'longText'],
].map((kind, i) => ({ title: `Column ${i + 1}`, kind }));

const rowOf = (i: number): Cell[] => [
  ...[`${NAMES[i % NAMES.length]} ${i}`, `OPP-2026-${String(i).padStart(6, '0')}`, 'Proposal'],
  ...[{ minor: 123_456 + i * 7, currency: 'CNY' }, { day: `2026-03-0${1 + (i % 9)}` }, i % 100, i % 2 === 0],
  ...[{ at: '2026-03-02T04:00:00.000Z' }, { at: '2026-03-02T04:05:00.000Z' }, 'Lin Wang'],
  ...[`contact${i}@example.com`, `+86 138 ${10_000_000 + i}`, 'Referral; Fair'],
  i % 4 ? null : `A longer note ${i} about what was said and what is to follow next week.`,
];
const rows = Array.from({ length: count }, (_, i) => rowOf(i));

const start = performance.now();
const bytes = await workbook('Opportunities', columns, rows, 'en', 'Asia/Shanghai');
const seconds = (performance.now() - start) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;

console.log(`${count} rows of ${columns.length} columns: ${(bytes.length / 1e6).toFixed(1)} MB`);
const what = `workbook of ${count} × ${columns.length}`;
report('workbook', [atMost(what, seconds, MOST.seconds, 's'), atMost(`${what}, most resident memory`, megabytes, MOST.megabytes, 'MB')]);
