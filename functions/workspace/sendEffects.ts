import { effectsOf } from '../../shared/effects.ts';
import type { Effect, EffectRule, RecordChange } from '../../shared/kernel/effect.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Change } from '../records/follow.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { env } from '../runtime/env.ts';
import { sendMessages as enqueue } from '../services/queue.ts';
import type { Item } from '../table/failures.ts';

const settings = env('EFFECTS_QUEUE_URL');

/** An effect on its way to `effects.queue.ts`; the change it follows from names it, so that a second delivery is known. */
export interface EffectMessage {
  readonly tenant: string;
  readonly effect: Effect;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly at: Instant;
  readonly requestId: string;
}

/**
 * Hands what follows from changes to the queue of effects. At least once: told again, the stream sends again, and the
 * receiver knows a repeat.
 * @throws AppError queue.unavailable (503)
 */
export async function sendEffects(tenant: string, changes: readonly Change[], rules?: readonly EffectRule[]): Promise<void> {
  await sendMessages(changes.flatMap((change) => messagesOf(tenant, change, rules)));
}

/** @throws AppError queue.unavailable (503) */
export async function sendMessages(messages: readonly EffectMessage[]): Promise<void> {
  if (!messages.length) return;
  await enqueue(
    settings().EFFECTS_QUEUE_URL,
    messages.map((body) => ({ body })),
  );
}

function messagesOf(tenant: string, change: Change, rules: readonly EffectRule[] | undefined): EffectMessage[] {
  const { type, id, version, at } = change;
  const requestId = String(change.after?.['requestId'] ?? '');
  return effectsOf(seenBy(change), rules).map((effect) => ({ tenant, effect, type, id, version, at, requestId }));
}

/** The change as rules see it. */
export const seenBy = ({ type, before, after }: Change): RecordChange => ({
  type,
  before: alive(type, before),
  after: alive(type, after),
});

const alive = (type: string, item: Item | undefined): AnyRecord | undefined =>
  item && !isRemoved(item) ? toRecord(definitionOf(type), item) : undefined;
