import { effectsOf } from '../../shared/effects.ts';
import type { Effect, EffectRule } from '../../shared/kernel/effect.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Change } from '../records/follow.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { env } from '../runtime/env.ts';
import { sendMessages } from '../services/queue.ts';
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
  const messages = changes.flatMap((change) => messagesOf(tenant, change, rules));
  if (messages.length)
    await sendMessages(
      settings().EFFECTS_QUEUE_URL,
      messages.map((body) => ({ body })),
    );
}

function messagesOf(tenant: string, change: Change, rules: readonly EffectRule[] | undefined): EffectMessage[] {
  const { type, id, version, at } = change;
  const seen = { type, before: alive(type, change.before), after: alive(type, change.after) };
  const requestId = String(change.after?.['requestId'] ?? '');
  return effectsOf(seen, rules).map((effect) => ({ tenant, effect, type, id, version, at, requestId }));
}

const alive = (type: string, item: Item | undefined): AnyRecord | undefined =>
  item && !isRemoved(item) ? toRecord(definitionOf(type), item) : undefined;
