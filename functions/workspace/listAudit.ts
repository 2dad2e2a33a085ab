import { toMs } from '../../shared/kernel/dates.ts';
import { invalid } from '../../shared/kernel/errors.ts';
import { isId, makeId } from '../../shared/kernel/ids.ts';
import type { Page } from '../../shared/kernel/page.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { AUDIT_DAYS, AUDIT_KINDS, auditKindOf, type AuditKind, type AuditRow } from '../../shared/workspace/audit.ts';
import { AUDIT_LIST } from '../records/audit.ts';
import type { Context } from '../records/context.ts';
import { openCursor, sealCursor } from '../records/cursor.ts';
import type { HistoryRow } from '../records/past.ts';
import type { Item } from '../table/failures.ts';
import { idIn } from '../table/keys.ts';

export interface AuditQuestion {
  readonly kind?: AuditKind | undefined;
  readonly by?: string | undefined;
  /** Both included. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

const ENOUGH = 50;
const READ_AT_ONCE = 100;
/** Where little fits, a page ends with what was found so far; its cursor goes on. */
const MOST_READS = 10;

/** @throws AppError input.invalid (400) for what is asked wrongly */
export function readAuditQuestion(query: Readonly<Record<string, string>>): AuditQuestion {
  const { kind, by, from, to, cursor: _, ...rest } = query;
  const isTime = (text: string | undefined): boolean => text === undefined || !Number.isNaN(Date.parse(text));
  const issues = [
    ...Object.keys(rest).map((field) => ({ field, code: 'field.unknown' })),
    ...(kind === undefined || (AUDIT_KINDS as readonly string[]).includes(kind) ? [] : [{ field: 'kind', code: 'choice.unknown' }]),
    ...(by === undefined || isId(by, 'mem') ? [] : [{ field: 'by', code: 'ref.invalid' }]),
    ...(isTime(from) ? [] : [{ field: 'from', code: 'instant.invalid' }]),
    ...(isTime(to) ? [] : [{ field: 'to', code: 'instant.invalid' }]),
  ];
  if (issues.length) throw invalid(issues);
  return { kind: kind as AuditKind | undefined, by, from, to };
}

/** The log, newest first: rows of its own, and the versions of records that govern. @throws AppError cursor.invalid (400) */
export async function listAudit(ctx: Context, secret: Buffer, asked: AuditQuestion, cursor?: string): Promise<Page<AuditRow>> {
  const scope = `${ctx.table.tenant} ${ctx.actor.memberId} audit ${JSON.stringify(asked)}`;
  const oldest = toMs(ctx.now) - AUDIT_DAYS * 86_400_000;
  const bounds = {
    from: makeId('aud', Math.max(oldest, asked.from === undefined ? 0 : toMs(asked.from)), new Uint8Array(10)),
    to: makeId('aud', asked.to === undefined ? toMs(ctx.now) + 86_400_000 : Math.max(0, toMs(asked.to)), new Uint8Array(10).fill(255)),
  };
  let after = cursor === undefined ? undefined : openCursor<Record<string, unknown>>(secret, scope, cursor);
  const items: AuditRow[] = [];
  if (bounds.from > bounds.to) return { items };
  for (let reads = 0; reads < MOST_READS; reads++) {
    const page = await ctx.table.query({
      ...{ pk: AUDIT_LIST, index: 'byType', ...bounds, newestFirst: true, limit: READ_AT_ONCE },
      ...(after ? { after } : {}),
    });
    items.push(...page.items.map(toAuditRow).filter((row) => fits(row, asked)));
    after = page.last;
    if (!after || items.length >= ENOUGH) break;
  }
  return { items, ...(after ? { cursor: sealCursor(secret, scope, after) } : {}) };
}

const fits = (row: AuditRow, { kind, by }: AuditQuestion): boolean =>
  (kind === undefined || row.kind === kind) && (by === undefined || row.by === by || row.on?.id === by);

function toAuditRow(item: Item): AuditRow {
  const id = String(item['id']);
  if (item['entry']) return { id, ...(item['entry'] as Omit<AuditRow, 'id'>) };
  // A version of a record: what changed is said by its fields' names alone.
  const { at, by, event, changes } = item['row'] as HistoryRow;
  const type = item.pk.split('#')[2]!;
  return { id, at, kind: auditKindOf(type), event, by, on: { type, id: idIn(item.pk) }, fields: Object.keys(changes) };
}
