/** What tells when to look for changes. */
export interface FollowerWorld {
  readonly follow: () => Promise<void>;
  readonly isVisible: () => boolean;
  /** Milliseconds since the user last did something. */
  readonly idleMs: () => number;
  /** Calls back once after some time. @returns what calls it off */
  readonly after: (ms: number, run: () => void) => () => void;
}

const BUSY_MS = 20_000;
const IDLE_MS = 120_000;
/** Who has not touched anything for so long only looks, if at all. */
const ACTIVE_MS = 60_000;
/** What follows from a write is made from the table's stream a moment later. */
const AFTER_WRITE_MS = [1_500, 5_000];

/** How long to wait before asking for changes again; undefined: until the page is seen again. */
export function pauseMs(isVisible: boolean, idleMs: number): number | undefined {
  if (!isVisible) return undefined;
  return idleMs < ACTIVE_MS ? BUSY_MS : IDLE_MS;
}

/** Asks for changes again and again: often while the user is at work, seldom while he is away, never while hidden. */
export class Follower {
  readonly #world: FollowerWorld;
  #callOff: (() => void) | undefined;
  #afterWrite: (() => void)[] = [];
  #stopped = false;

  constructor(world: FollowerWorld) {
    this.#world = world;
  }

  start(): void {
    void this.now();
  }

  /** Whether somebody who has done nothing for so long is taken for away. */
  isResting(idleMs: number): boolean {
    return idleMs >= ACTIVE_MS;
  }

  stop(): void {
    this.#stopped = true;
    this.#callOff?.();
    for (const callOff of this.#afterWrite) callOff();
  }

  /** The page came to the front, or somebody expects news. */
  async now(): Promise<void> {
    if (this.#stopped) return;
    this.#callOff?.();
    if (!this.#world.isVisible()) return;
    // No answer: the connection tells the user, and the next round comes anyway.
    await this.#world.follow().catch(() => undefined);
    if (this.#stopped) return;
    this.#callOff?.();
    const pause = pauseMs(this.#world.isVisible(), this.#world.idleMs());
    this.#callOff = pause === undefined ? undefined : this.#world.after(pause, () => void this.now());
  }

  /** Something was written here: what follows from it is there in a moment. */
  written(): void {
    if (this.#stopped) return;
    for (const callOff of this.#afterWrite) callOff();
    this.#afterWrite = AFTER_WRITE_MS.map((ms) => this.#world.after(ms, () => void this.now()));
  }
}
