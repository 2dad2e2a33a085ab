import { milestoneEffects, movedMilestones, noteEffects } from '../../shared/workspace/discussionEffects.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Change } from '../records/follow.ts';
import { followersOf } from '../records/followers.ts';
import type { Remark } from '../records/remarks.ts';
import { enqueueEffects, type EffectMessage } from '../services/effectsQueue.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { seenBy } from './sendEffects.ts';

/**
 * Tells those whom a record concerns because they follow it, or because a note mentions them. Followers are read where
 * there is something to tell them, and nowhere else.
 * @throws AppError queue.unavailable (503)
 */
export async function tellReaders(table: TenantTable, changes: readonly Change[], remarks: readonly Remark[]): Promise<void> {
  const messages = await Promise.all([
    ...changes.map((change) => ofChange(table, change)),
    ...remarks.map((remark) => ofRemark(table, remark)),
  ]);
  await enqueueEffects(messages.flat());
}

async function ofChange(table: TenantTable, change: Change): Promise<EffectMessage[]> {
  const definition = definitionOf(change.type);
  if (!definition.discussed) return [];
  const { before, after } = seenBy(change);
  const moved = movedMilestones(definition, before, after);
  if (!after || !moved.length) return [];
  const effects = milestoneEffects(definition, after, moved, await followersOf(table, change.type, change.id));
  const { type, id, version, at } = change;
  return effects.map((effect) => ({ tenant: table.tenant, effect, type, id, version, at, requestId: String(change.after?.['requestId']) }));
}

async function ofRemark(table: TenantTable, { on, after, note }: Remark): Promise<EffectMessage[]> {
  if (!note || !after) return [];
  const followers = note.before ? [] : await followersOf(table, on.type, on.id);
  return noteEffects(on, note.before, note.after, followers).map((effect) => ({
    tenant: table.tenant,
    effect,
    type: 'note',
    id: after.id,
    version: 1,
    // The same for every telling of it: the notification's id is made of it.
    at: note.after.mentioned[effect.memberId] ?? after.at,
    requestId: after.id,
  }));
}
