import { can } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { findDefinition } from '../../shared/registry.ts';
import { deviceOf } from '../../shared/workspace/device.ts';
import { parseExportNote } from '../../shared/workspace/exportNote.ts';
import { noteAudit } from '../records/audit.ts';
import { typeOf, type Context } from '../records/context.ts';
import type { Request } from '../runtime/route.ts';
import { ConditionFailed } from '../table/failures.ts';
import { jobKey } from '../table/keys.ts';
import { IF_ABSENT } from '../table/tenantTable.ts';

const TOLD_SECONDS = 86_400;

/**
 * Writes into the log that a browser makes a file of records it holds. The browser asks before it hands the file over;
 * the number is its own word, and whoever copies from the screen asks nobody.
 * @throws AppError access.denied (403); input.invalid (400); record.exists (409) where somebody else has told under that id
 */
export async function noteExport(ctx: Context, { body, address, headers }: Pick<Request, 'body' | 'address' | 'headers'>): Promise<void> {
  const parsed = parseExportNote(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const { id, recordType, count } = parsed.value;
  if (!findDefinition(recordType)) throw invalid([{ field: 'recordType', code: 'choice.unknown' }]);
  const definition = typeOf(ctx, recordType);
  if (!can(ctx.actor, 'export', definition) || !can(ctx.actor, 'read', definition)) throw forbidden();
  const at = await firstTold(ctx, id);
  const from = { address, device: deviceOf(headers['user-agent']) };
  const entry = {
    at,
    kind: 'export',
    event: 'exportedInBrowser',
    by: ctx.actor.memberId,
    on: { type: recordType },
    count,
    ...from,
  } as const;
  await noteAudit(ctx.table, entry, id);
}

/** When it was told first: its row stands there, also when it is told again because no answer came. */
async function firstTold(ctx: Context, id: string): Promise<Instant> {
  const { now: at, actor } = ctx;
  const expiresAt = Math.floor(toMs(at) / 1000) + TOLD_SECONDS;
  try {
    await ctx.table.put({ ...jobKey(`told-${id}`), at, by: actor.memberId, expiresAt }, IF_ABSENT);
    return at;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    if (error.item?.['by'] !== actor.memberId) throw new AppError('record.exists', { status: 409 });
    return String(error.item['at']);
  }
}
