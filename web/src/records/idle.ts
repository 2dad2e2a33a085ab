// Safari has no idle callbacks.
const whenIdle = (work: () => void): unknown => (globalThis.requestIdleCallback ?? ((later) => setTimeout(later, 50)))(work);

/** Takes steps of some work, one after the other, while the page has nothing better to do. @returns what ends it */
export function inIdleTime(steps: Generator<void>, idle: (work: () => void) => unknown = whenIdle): () => void {
  let ended = false;
  const step = (): void => void (ended || steps.next().done || idle(step));
  idle(step);
  return () => void (ended = true);
}
