import { DIGEST_PERIODS } from '../../shared/insight/digestReaders.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import type { Pinyin } from '../../shared/kernel/searchText.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { readDirectory, type Directory } from '../runtime/directory.ts';
import { log } from '../runtime/log.ts';
import type { Database } from '../table/database.ts';
import { armDue, isArmed } from '../table/dueWork.ts';
import { ConditionFailed, TransactionRefused } from '../table/failures.ts';
import { churnWatchKey, jobKey, type Key } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { digestWork } from './arming.ts';
import { churnWork } from './churnWatch.ts';
import { readHead } from './feed.ts';
import { walkFeed, type Walked } from './feedWalk.ts';
import { addTo, countedYears, driftOf, mendCounters, readCounters, recountStretch, type Counts } from './recount.ts';
import { recheckRecord } from './recheck.ts';
import { recheckRows } from './recheckRows.ts';

/**
 * What can be made anew: `records` is what follows from their state (search rows, markers, copies for rights),
 * `counters` what follows from their history (counters and journal), `due` the rows of due work, and those by which what is
 * due is found: who is watched for silence, which warnings are open, what each person is late with.
 */
export const REBUILDS = ['records', 'counters', 'due'] as const;
export type What = (typeof REBUILDS)[number];

/** A step on its way through the queue of jobs; steps of one rebuild follow each other. */
export interface RebuildStep {
  readonly kind: 'rebuild';
  readonly tenant: string;
  /** The rebuild. */
  readonly id: string;
  /** Of the feed, up to which the steps before have come. */
  readonly position: number;
  readonly now: Instant;
  /** How often it has waited for the feed to stand still. */
  readonly waits?: number;
}

/** How far a rebuild is and what it has found. */
export interface RebuildReport {
  readonly what: What;
  readonly repair: boolean;
  readonly state: 'running' | 'done';
  readonly position: number;
  /** Items that did not stand as they should, and the first of them by key. */
  readonly drift: number;
  readonly examples: readonly string[];
}

interface Tools {
  readonly send: (step: RebuildStep, delaySeconds?: number) => Promise<void>;
  readonly pinyin: Pinyin;
  /** Rows of the feed per step; a record's rows may lead to many reads. */
  readonly stepRows?: number;
}

const STEP_ROWS = 200;
const MOST_EXAMPLES = 20;
const REPORT_DAYS = 90;
const AT_ONCE = 8;
const MOST_WAITS = 100;
const WAIT_SECONDS = 5;

const partKey = (id: string, position: number): Key => ({ pk: jobKey(id).pk, sk: `P#${String(position).padStart(12, '0')}` });

/** Begins to compare, and where `repair` says so to mend. @returns the same id for the same request */
export async function startRebuild(
  db: Database,
  { tenant, what, repair, now }: { tenant: string; what: What; repair: boolean; now: Instant },
  send: Tools['send'],
): Promise<string> {
  const id = `${repair ? 'repair' : 'compare'}-${what}-${now.replace(/\W/g, '')}`;
  const expiresAt = Math.floor(toMs(now) / 1000) + REPORT_DAYS * 86_400;
  const table = tenantTable(db, tenant);
  const position = what === 'counters' ? (await readHead(table)).countsFrom : 0;
  const report: RebuildReport = { what, repair, state: 'running', position, drift: 0, examples: [] };
  try {
    await table.put({ ...jobKey(id), ...report, expiresAt }, IF_ABSENT);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  await send({ kind: 'rebuild', tenant, id, position, now });
  return id;
}

export async function findReport(table: TenantTable, id: string): Promise<RebuildReport | undefined> {
  const item = await table.get(jobKey(id), { consistent: true });
  if (!item) return undefined;
  const { what, repair, state, position, drift, examples } = item as unknown as RebuildReport;
  return { what, repair, state, position, drift, examples };
}

/** Does one step and sends the next. A step that comes twice changes nothing: the report says how far the rebuild is. */
export async function runRebuild(db: Database, step: RebuildStep, tools: Tools): Promise<void> {
  const table = tenantTable(db, step.tenant);
  const report = await findReport(table, step.id);
  if (!report || report.state === 'done') return;
  // The step was done, but perhaps its successor was never sent.
  if (report.position !== step.position) return tools.send({ ...step, position: report.position });
  const directory = await readDirectory({}, table, step.now);
  if (report.what === 'due') return finish(table, step, report, await recheckDue(db, step, directory, report.repair));

  const walked = await walkFeed(table, await readHead(table), step.position, tools.stepRows ?? STEP_ROWS);
  if (walked.length) {
    const faults =
      report.what === 'records'
        ? await recheckStretch(table, directory, walked, report.repair, tools.pinyin)
        : await countStretch(table, directory, step, walked, report.repair);
    const position = step.position + walked.length;
    if (await note(table, step, report, faults, { position })) await tools.send({ ...step, position, waits: 0 });
    return;
  }
  const faults = report.what === 'records' ? [] : await compareCounters(table, step, report);
  if (faults) return finish(table, step, report, faults);
  // Something was counted meanwhile: on with that. Where the feed never comes to be whole, somebody has to look.
  const { waits = 0 } = step;
  if (waits >= MOST_WAITS) throw new Error(`rebuild ${step.id}: the feed does not go on after ${step.position}`);
  await tools.send({ ...step, waits: waits + 1 }, WAIT_SECONDS);
}

async function finish(table: TenantTable, step: RebuildStep, report: RebuildReport, faults: readonly string[]): Promise<void> {
  const drift = report.drift + faults.length;
  if (drift) log('error', 'what follows from records has drifted', { tenant: step.tenant, job: step.id, what: report.what, drift });
  await note(table, step, report, faults, { state: 'done' });
}

/** @returns false when another delivery of the step was quicker */
async function note(
  table: TenantTable,
  step: RebuildStep,
  { drift, examples }: RebuildReport,
  faults: readonly string[],
  set: Partial<RebuildReport>,
): Promise<boolean> {
  try {
    await table.update({
      update: jobKey(step.id),
      set: { ...set, drift: drift + faults.length, examples: [...examples, ...faults].slice(0, MOST_EXAMPLES) },
      if: ifEquals('position', step.position),
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Each record once: where its first version stands in the feed. */
async function recheckStretch(
  table: TenantTable,
  { shape }: Directory,
  walked: readonly Walked[],
  repair: boolean,
  pinyin: Pinyin,
): Promise<string[]> {
  const born = walked.map(({ row }) => row).filter(({ version, derived }) => version === 1 && !derived);
  const faults: string[] = [];
  for (let at = 0; at < born.length; at += AT_ONCE)
    faults.push(
      ...(await Promise.all(born.slice(at, at + AT_ONCE).map((record) => recheckRecord(table, shape, record, { repair, pinyin })))).flat(),
    );
  return faults;
}

/** Keeps what the stretch counts for, for the comparison at the end; the journal is compared at once. */
async function countStretch(
  table: TenantTable,
  { workspace }: Directory,
  { id, position, now }: RebuildStep,
  walked: readonly Walked[],
  repair: boolean,
): Promise<string[]> {
  const { counts, journal } = await recountStretch(table, walked, String(workspace?.['zone'] ?? 'UTC'));
  const expiresAt = Math.floor(toMs(now) / 1000) + REPORT_DAYS * 86_400;
  await table.put({ ...partKey(id, position), counts, expiresAt });
  const kept = journal.filter((row) => Number(row['expiresAt']) * 1000 > toMs(now));
  const found = new Set((await table.getMany(kept.map(({ pk, sk }) => ({ pk, sk })))).map(({ pk, sk }) => `${pk}|${sk}`));
  const missing = kept.filter(({ pk, sk }) => !found.has(`T#${table.tenant}#${pk}|${sk}`));
  if (repair) await table.writeMany(missing.map((put) => ({ put })));
  return missing.map(({ pk, sk }) => `${pk}|${sk}`);
}

/** @returns undefined when the feed went on meanwhile, so that the numbers are not of one moment */
async function compareCounters(
  table: TenantTable,
  { id, now, position }: RebuildStep,
  report: RebuildReport,
): Promise<string[] | undefined> {
  const wanted: Counts = {};
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: jobKey(id).pk, startsWith: 'P#', consistent: true, ...(after ? { after } : {}) });
    for (const item of page.items) addTo(wanted, item['counts'] as Counts);
    after = page.last;
  } while (after);
  const { months } = await readHead(table);
  const drift = driftOf(wanted, await readCounters(table, countedYears(months, now)));
  if ((await readHead(table)).position !== position) return undefined;
  if (report.repair && drift.length) {
    try {
      await mendCounters(table, drift, position);
    } catch (error) {
      if (error instanceof TransactionRefused) return undefined;
      throw error;
    }
  }
  return drift.map(({ name }) => name);
}

async function recheckDue(db: Database, { tenant, now }: RebuildStep, directory: Directory, repair: boolean): Promise<string[]> {
  const faults: string[] = [];
  const mornings = [...directory.members.keys()].flatMap((id) =>
    DIGEST_PERIODS.flatMap((period) => digestWork(tenant, directory, id, now, period) ?? []),
  );
  const watched = (await tenantTable(db, tenant).query({ pk: churnWatchKey('', '').pk, limit: 1 })).items.length > 0;
  const churn = watched ? [churnWork(tenant, now, String(directory.workspace?.['zone'] ?? 'UTC'))] : [];
  for (const work of [...mornings, ...churn]) {
    if (await isArmed(db, work)) continue;
    faults.push(`due ${work.kind} ${work.id} ${work.at}`);
    if (repair) await armDue(db, work);
  }
  const zone = String(directory.workspace?.['zone'] ?? 'UTC');
  return [...faults, ...(await recheckRows({ db, table: tenantTable(db, tenant), zone }, [...directory.members.keys()], now, repair))];
}
