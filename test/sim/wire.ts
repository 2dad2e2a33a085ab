/** A request on its way to a service and back, and what can happen to it there. */
import type { Container } from './container.ts';
import type { World } from './world.ts';

/** `dies…`: the function, before its request leaves it or after. */
export type Fate = 'plain' | 'poison' | 'throttled' | 'ambiguous' | 'resent' | 'conflict' | 'unprocessed' | 'diesBefore' | 'diesAfter';

export interface Outcome {
  readonly answer?: unknown;
  readonly error?: unknown;
}

interface Sent {
  readonly world: World;
  readonly container: Container | undefined;
  /** The request in a line. */
  readonly label: string;
  readonly fate: Fate;
  /** What the service does, when the request arrives there. */
  readonly carryOut: () => Promise<Outcome>;
}

export function onTheWire({ world, container, label, fate, carryOut }: Sent): Promise<unknown> {
  const { timeline, trace } = world;
  const isDead = (): boolean => container?.dead === true;
  const tell = (what: string): void => trace.add(`${timeline.nowMs} ${container?.name ?? 'nobody'} ${label} ${what}`);
  return new Promise((resolve, reject) => {
    if (isDead()) return;
    if (fate === 'diesBefore') {
      tell(fate);
      // Not within this very call: its caller has yet to begin to wait.
      timeline.after(0, () => container?.die());
      return;
    }
    // Once sent, a request is carried out whether or not its sender lives to hear of it.
    timeline.after(latency(world), () => {
      void carryOut().then(({ answer, error }) => {
        tell(`${fate}${error ? ` ! ${(error as Error).name}` : ''}`);
        if (fate === 'diesAfter') return container?.die();
        timeline.after(latency(world), () => {
          if (isDead()) return;
          if (error) reject(error);
          else resolve(answer);
        });
      });
    });
  });
}

/** What may happen to any request. */
export function commonFate({ weather, random, calm }: World): Fate {
  if (calm) return 'plain';
  if (draw(random, weather.killed)) return random.pick(['diesBefore', 'diesAfter']);
  if (draw(random, weather.throttled)) return 'throttled';
  return draw(random, weather.ambiguous) ? 'ambiguous' : 'plain';
}

/** Draws nothing for what never happens, so that a weather without it stays the same history. */
export const draw = (random: World['random'], probability: number): boolean => probability > 0 && random.chance(probability);

export const timeout = (): Error => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });

const latency = ({ random, weather, calm }: World): number =>
  random.int(1, 12) + (!calm && draw(random, weather.slow) ? random.int(100, 4_000) : 0);
