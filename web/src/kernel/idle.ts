/** Does it while the page has nothing better to do. Safari has no idle callbacks. */
export const whenIdle = (work: () => void): unknown => (globalThis.requestIdleCallback ?? ((later) => setTimeout(later, 50)))(work);

/** Takes steps of some work, one after the other, while the page has nothing better to do. @returns what ends it */
export function inIdleTime(steps: Generator<void>, idle: (work: () => void) => unknown = whenIdle): () => void {
  let ended = false;
  const step = (): void => void (ended || steps.next().done || idle(step));
  idle(step);
  return () => void (ended = true);
}

/** How long a page stands before it fetches what nobody has asked for yet. */
const SETTLED_MS = 3_000;

/**
 * Does it once with the first sign of life, a moment before a reflex needs it, or when the page has stood for a while: in
 * either case behind the first load. @returns what calls it off
 */
export function aheadOfUse(work: () => void): () => void {
  const stop = new AbortController();
  const begin = (): void => {
    clearTimeout(timer);
    stop.abort();
    work();
  };
  const timer = setTimeout(begin, SETTLED_MS);
  for (const type of ['pointermove', 'pointerdown', 'keydown']) addEventListener(type, begin, { signal: stop.signal, passive: true });
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
