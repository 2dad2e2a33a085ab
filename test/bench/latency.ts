/**
 * `npm run bench latency [-- --pairs 2000]`: warm calls of the real handlers beside the same requests to the database
 * sent without them, taking turns, in one process. Ratios, since machines differ; the best of three runs on each side,
 * since machines are disturbed.
 */
import { parseArgs } from 'node:util';
import { routes as customerRoutes } from '../../functions/customers/routes.ts';
import { routes as workspaceRoutes } from '../../functions/workspace/routes.ts';
import { deskOn } from '../support/desk.ts';
import { visitorsOf } from '../support/visitors.ts';
import { openLocalTable } from './support/localTable.ts';
import { customerOf, fillMarket, nthId, rareWord } from './support/market.ts';
import { OWNER, settle } from './support/people.ts';
import { quantile, rounded } from './support/quantiles.ts';
import { recorderOn } from './support/raw.ts';
import { atMost, report } from './support/report.ts';

const RECORDS = 2000;
const RUNS = 3;
const MOST = { p50: 1.5, p99: 2 };
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '2000' }, warm: { type: 'string', default: '200' } } });
const [pairs, warm] = [Number(values.pairs), Number(values.warm)];

const { db, close } = await openLocalTable();
try {
  await fillMarket(db, RECORDS);
  const recorder = recorderOn(db);
  // Without the isolation check of the tests, which is no part of the product.
  await settle(deskOn(db));
  const call = visitorsOf<{ id: string; version: number }>([...customerRoutes, ...workspaceRoutes], { forVisitor: () => recorder.db });
  let n = 0;
  const versions = new Map<string, number>();
  const operations: Readonly<Record<string, () => Promise<{ status: number }>>> = {
    'open one': () => call('GET', `/customers/${nthId('cus', n++ % RECORDS)}`, { as: OWNER }),
    'list 50': () => call('GET', '/customers', { as: OWNER }),
    search: () => call('GET', `/search?q=${rareWord(n++ % RECORDS)}`, { as: OWNER }),
    create: () => {
      const { name, phones } = customerOf(RECORDS + n++);
      return call('POST', '/customers', { as: OWNER, body: { name, phones } });
    },
    edit: async () => {
      const id = nthId('cus', n++ % RECORDS);
      const version = versions.get(id) ?? 1;
      versions.set(id, version + 1);
      return call('PATCH', `/customers/${id}`, { as: OWNER, body: { needs: `Tea ${n}` }, headers: { 'if-match': String(version) } });
    },
  };

  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const rows = [];
  for (const [operation, run] of Object.entries(operations)) {
    const best = { handler: { p50: Infinity, p99: Infinity }, raw: { p50: Infinity, p99: Infinity } };
    for (let round = 0; round < RUNS; round++) {
      const samples = { handler: [] as number[], raw: [] as number[] };
      for (let pair = 0; pair < warm + pairs; pair++) {
        recorder.forget();
        const handler = await timed(async () => {
          const { status } = await run();
          if (status >= 300) throw new Error(`${operation} answered ${status}`);
        });
        const raw = await timed(recorder.replay);
        if (pair < warm) continue;
        samples.handler.push(handler);
        samples.raw.push(raw);
      }
      for (const side of ['handler', 'raw'] as const) {
        best[side].p50 = Math.min(best[side].p50, quantile(samples[side], 0.5));
        best[side].p99 = Math.min(best[side].p99, quantile(samples[side], 0.99));
      }
    }
    const ratio = { p50: best.handler.p50 / best.raw.p50, p99: best.handler.p99 / best.raw.p99 };
    rows.push({
      operation,
      ...{ 'p50 ms': rounded(best.handler.p50), 'raw p50': rounded(best.raw.p50), 'p50 ×': rounded(ratio.p50) },
      ...{ 'p99 ms': rounded(best.handler.p99), 'raw p99': rounded(best.raw.p99), 'p99 ×': rounded(ratio.p99) },
      verdict: ratio.p50 > MOST.p50 || ratio.p99 > MOST.p99 ? 'over' : '',
    });
  }
  console.log(`warm calls, ${pairs} interleaved pairs, best of ${RUNS} runs; at most ${MOST.p50} × at p50, ${MOST.p99} × at p99`);
  console.table(rows);
  report(
    'latency',
    rows.flatMap((row) => [
      atMost(`warm ${row.operation}, p50`, row['p50 ×'], MOST.p50, '× the raw calls'),
      atMost(`warm ${row.operation}, p99`, row['p99 ×'], MOST.p99, '× the raw calls'),
    ]),
  );
} finally {
  await close();
}
