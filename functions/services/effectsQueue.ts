import type { Effect } from '../../shared/kernel/effect.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { env } from '../runtime/env.ts';
import { sendMessages } from './queue.ts';

const settings = env('EFFECTS_QUEUE_URL');

/** An effect on its way to `effects.queue.ts`; what it follows from names it, so that a second delivery is known. */
export interface EffectMessage {
  readonly tenant: string;
  readonly effect: Effect;
  readonly type: string;
  readonly id: string;
  /** Of the record that changed; 0 for what follows from a moment alone. */
  readonly version: number;
  readonly at: Instant;
  readonly requestId: string;
}

/** A file whose item is gone, on its way to the same place: its bytes are to go, too. */
export interface FileGone {
  readonly tenant: string;
  readonly gone: { readonly type: string; readonly id: string; readonly fileId: string };
}

/**
 * Hands effects to their queue. At least once: whoever is told again sends again, and the receiver knows a repeat.
 * @throws AppError queue.unavailable (503)
 */
export async function enqueueEffects(messages: readonly (EffectMessage | FileGone)[]): Promise<void> {
  if (!messages.length) return;
  await sendMessages(
    settings().EFFECTS_QUEUE_URL,
    messages.map((body) => ({ body })),
  );
}
