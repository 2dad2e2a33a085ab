import { randomBytes } from 'node:crypto';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/**
 * The product acting by itself in one workspace: queues, schedules, doors without a session.
 * @param requestId  of the request, change or message it follows from; also names the wish, so that a repeat is known
 */
export const systemContext = (
  table: TenantTable,
  { now, requestId, customFields = [] }: { now: Instant; requestId: string; customFields?: Context['customFields'] },
): Context => ({
  table,
  actor: SYSTEM_ACTOR,
  epoch: Infinity,
  now,
  requestId,
  writeId: requestId,
  customFields,
  activeMembers: new Set(),
  home: { zone: 'UTC', currency: undefined },
  random: (bytes) => randomBytes(bytes),
});
