import { randomBytes } from 'node:crypto';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { activeMembersOf, actorOf, homeOf, type Directory } from './directory.ts';

/**
 * A member at work, with the rights that the directory gives him: in a request of his, or in a job that goes on for him.
 * @param at.writeId  names the wish, where a repeat of it has another request's id
 * @returns undefined for somebody who does not work here any more
 */
export function memberContext(
  table: TenantTable,
  directory: Directory,
  memberId: string,
  { now, requestId, writeId = requestId }: { readonly now: Instant; readonly requestId: string; readonly writeId?: string },
): Context | undefined {
  const actor = actorOf(directory, memberId);
  return (
    actor && {
      table,
      actor,
      epoch: directory.epoch,
      now,
      requestId,
      writeId,
      shape: directory.shape,
      activeMembers: activeMembersOf(directory),
      home: homeOf(directory, memberId),
      random: (bytes) => randomBytes(bytes),
    }
  );
}
