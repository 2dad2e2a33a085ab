import { NoAnswer } from './container.ts';
import { call, type HttpAnswer, type HttpCall } from './gateway.ts';
import type { World } from './world.ts';

/** Somebody who sends requests; without a subject, a stranger. */
export interface Caller {
  readonly tenant: string;
  readonly subject?: string;
}

const MOST_TRIES = 6;
/** The newest state of rights that each caller has been answered by. */
const EPOCHS = new WeakMap<Caller, number>();

/**
 * Sends one wish until it is answered, as the browser does: the same body, the same key. Undefined when it gives up,
 * and then nobody knows whether the wish came true.
 */
export async function ask(world: World, caller: Caller, wish: Omit<HttpCall, 'subject' | 'tenant'>): Promise<HttpAnswer | undefined> {
  const { subject, tenant } = caller;
  const headers = { 'idempotency-key': `wish-${(world.wishes += 1)}`, ...wish.headers };
  for (let round = 0; round < MOST_TRIES; round++) {
    try {
      const answer = await call(world, {
        ...wish,
        headers: { ...headers, 'x-access-epoch': String(EPOCHS.get(caller) ?? 0) },
        tenant,
        ...(subject ? { subject } : {}),
      });
      EPOCHS.set(caller, Math.max(EPOCHS.get(caller) ?? 0, Number(answer.headers['x-access-epoch'] ?? 0)));
      if (answer.status !== 503) return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    await world.timeline.sleep(world.random.int(10, 200) * 2 ** round);
  }
  return undefined;
}
