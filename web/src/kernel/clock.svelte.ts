const TICK_MS = 30_000;
/** Below this the difference is the answer's travel time and the header's whole seconds. */
const NOTABLE_MS = 5_000;

/**
 * The present, by the server's clock: a wrong clock on the desk must not make every task overdue.
 * `now` is reactive and moves twice a minute; `nowMs()` is exact.
 */
class Clock {
  #offsetMs = $state(0);
  #ticked = $state(Date.now());

  /** Milliseconds since 1970, redrawn twice a minute. */
  get now(): number {
    return this.#ticked + this.#offsetMs;
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  start(): void {
    setInterval(() => (this.#ticked = Date.now()), TICK_MS);
  }

  /** @param header  value of an answer's `Date` header */
  follow(header: string | null): void {
    const server = header ? Date.parse(header) : NaN;
    if (Number.isNaN(server)) return;
    const offset = server - Date.now();
    if (Math.abs(offset - this.#offsetMs) < NOTABLE_MS) return;
    this.#offsetMs = Math.abs(offset) < NOTABLE_MS ? 0 : offset;
    this.#ticked = Date.now();
  }
}

export const clock = new Clock();
