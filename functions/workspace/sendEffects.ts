import { effectsOf } from '../../shared/effects.ts';
import type { EffectRule, RecordChange } from '../../shared/kernel/effect.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { isBack, type Change } from '../records/follow.ts';
import { isHandingOver } from '../records/handoverJob.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { enqueueEffects, type EffectMessage } from '../services/effectsQueue.ts';
import type { Item } from '../table/failures.ts';

/**
 * Hands what follows from changes to the queue of effects. At least once: told again, the stream sends again, and the
 * receiver knows a repeat.
 * @throws AppError queue.unavailable (503)
 */
export async function sendEffects(tenant: string, changes: readonly Change[], rules?: readonly EffectRule[]): Promise<void> {
  await enqueueEffects(changes.flatMap((change) => messagesOf(tenant, change, rules)));
}

function messagesOf(tenant: string, change: Change, rules: readonly EffectRule[] | undefined): EffectMessage[] {
  const { type, id, version, at } = change;
  const requestId = String(change.after?.['requestId'] ?? '');
  // Whoever takes over is told of all at once, when it is done.
  if (isHandingOver(requestId)) return [];
  return effectsOf(seenBy(change), rules).map((effect) => ({ tenant, effect, type, id, version, at, requestId }));
}

/** The change as rules see it. What comes back out of the bin is as it was before: nobody is told of it anew. */
export const seenBy = (change: Change): RecordChange => {
  const { type, before, after } = change;
  return { type, before: isBack(change) ? recordIn(type, before!) : alive(type, before), after: alive(type, after) };
};

const recordIn = (type: string, item: Item): AnyRecord => toRecord(definitionOf(type), item);
const alive = (type: string, item: Item | undefined): AnyRecord | undefined =>
  item && !isRemoved(item) ? recordIn(type, item) : undefined;
