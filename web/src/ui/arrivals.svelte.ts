import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/** After so long what is there shows, in whatever order the rest may come. */
const PATIENCE_MS = 2_000;
const KEY = Symbol('arrival');

/**
 * The order in which the parts of a page come to be seen: none before all above it are complete, for what comes late
 * would push down what is being read. Nobody waits longer than two seconds for a part that is slow.
 */
export class Arrivals {
  readonly #arrived = new SvelteSet<unknown>();
  #patient = $state(true);

  /** Begins to lose patience; for `$effect`. */
  readonly watch = (): (() => void) => {
    const timer = setTimeout(() => (this.#patient = false), PATIENCE_MS);
    return () => clearTimeout(timer);
  };

  arrive(part: unknown): void {
    this.#arrived.add(part);
  }

  /** How many of the parts, from the first, may be seen. */
  seen(parts: readonly unknown[]): number {
    const missing = this.#patient ? parts.findIndex((part) => !this.#arrived.has(part)) : -1;
    return missing === -1 ? parts.length : missing;
  }
}

/** Gives what is drawn inside a way to say that it is complete. Call it while a component is made. */
export const awaitArrival = (arrive: () => void): void => void setContext(KEY, arrive);

/** What a part calls when all of it is there; nothing where nobody waits. Call it while a component is made. */
export const arrivalOf = (): (() => void) | undefined => getContext<(() => void) | undefined>(KEY);
