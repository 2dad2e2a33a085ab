/** Something goes on for ever: a retry without an end, two that wake each other. */
export class NeverRests extends Error {}

/**
 * Virtual time: everything that happens waits in one queue, and the earliest goes on. Two things of one moment keep
 * the order in which they were asked for, so a seed decides a history to the last step.
 */
export class Timeline {
  nowMs: number;
  /** Happenings so far. */
  steps = 0;
  private readonly heap: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  private asked = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  after(ms: number, run: () => void): void {
    const entry = { atMs: this.nowMs + Math.max(0, ms), order: this.asked++, run };
    const { heap } = this;
    let at = heap.push(entry) - 1;
    for (let up = (at - 1) >> 1; at > 0 && isBefore(entry, heap[up]!); at = up, up = (at - 1) >> 1) heap[at] = heap[up]!;
    heap[at] = entry;
  }

  sleep = (ms: number): Promise<void> => new Promise((resolve) => this.after(ms, resolve));

  /** Lets everything happen until nothing is left to happen. @throws NeverRests after so many steps */
  async run(mostSteps: number): Promise<void> {
    await settled();
    for (let next = this.take(); next; next = this.take()) {
      if (++this.steps > mostSteps) throw new NeverRests(`the world did not come to rest in ${mostSteps} steps`);
      this.nowMs = next.atMs;
      next.run();
      await settled();
    }
  }

  private take() {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const child = left + 1 < heap.length && isBefore(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

interface Ordered {
  readonly atMs: number;
  readonly order: number;
}
const isBefore = (a: Ordered, b: Ordered): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Until everything that can go on without time passing has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
