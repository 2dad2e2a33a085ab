import { SvelteSet } from 'svelte/reactivity';

/** Rows ticked in a list, by key. Outlives filtering and sorting, so what was ticked stays ticked. */
export class Selection {
  #keys = new SvelteSet<string>();
  /** Where a Shift-range starts. */
  #anchor: string | undefined;
  /** What the last range ticked: a shorter range gives it back. */
  #ranged: readonly string[] = [];

  get size(): number {
    return this.#keys.size;
  }

  get keys(): string[] {
    return [...this.#keys];
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  toggle(key: string): void {
    if (!this.#keys.delete(key)) this.#keys.add(key);
    this.#anchor = key;
    this.#ranged = [];
  }

  /** Ticks everything from the anchor to `key`, as the list stands now. */
  extendTo(key: string, order: readonly string[]): void {
    const start = order.indexOf(this.#anchor ?? key);
    const end = order.indexOf(key);
    if (end < 0) return;
    const range = order.slice(Math.min(start < 0 ? end : start, end), Math.max(start, end) + 1);
    for (const other of this.#ranged) this.#keys.delete(other);
    for (const other of range) this.#keys.add(other);
    this.#ranged = range;
    this.#anchor ??= key;
  }

  /** Sets where a later Shift-range starts, without ticking. */
  startAt(key: string): void {
    this.#anchor = key;
    this.#ranged = [];
  }

  addAll(keys: Iterable<string>): void {
    for (const key of keys) this.#keys.add(key);
    this.#ranged = [];
  }

  clear(): void {
    this.#keys.clear();
    this.#anchor = undefined;
    this.#ranged = [];
  }
}
