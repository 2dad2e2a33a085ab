import { randomBytes } from 'node:crypto';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { NO_SHAPE, type Shape } from '../../shared/kernel/shape.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/**
 * The product acting by itself in one workspace: queues, schedules, doors without a session.
 * @param requestId  of the request, change or message it follows from; also names the wish, so that a repeat is known
 */
export const systemContext = (
  table: TenantTable,
  { now, requestId, shape = NO_SHAPE }: { now: Instant; requestId: string; shape?: Shape },
): Context => ({
  table,
  actor: SYSTEM_ACTOR,
  epoch: Infinity,
  now,
  requestId,
  writeId: requestId,
  shape,
  activeMembers: new Set(),
  home: { zone: 'UTC', currency: undefined, yearStart: 1 },
  random: (bytes) => randomBytes(bytes),
});
