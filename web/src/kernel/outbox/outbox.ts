import { ApiError } from '../api.ts';
import type { Conflict, Edit, Sent } from '../replica/send.ts';
import type { OutboxDisk } from './outboxDisk.ts';
import * as queue from './queue.ts';
import type { Line, Refusal, WaitingEdit } from './queue.ts';

/** What the outbox needs of the world; tests pass their own. */
export interface OutboxWorld {
  readonly disk: OutboxDisk;
  /** @throws ApiError, NetworkError; Disputed where somebody has to say whose values count */
  readonly send: (edit: Edit) => Promise<Sent>;
  /** Shows an edit as if it were done. @returns what takes it away again */
  readonly show: (edit: Edit) => () => void;
  readonly titleOf: (edit: Edit) => string;
  /** Runs `work` while no other tab of this browser does. */
  readonly exclusive: (work: () => Promise<void>) => Promise<void>;
  readonly nowMs: () => number;
  /** What waits now, and whether all of it outlives this tab. */
  readonly changed: (line: Line, isSafe: boolean) => void;
  /** Something was changed that other tabs should read. */
  readonly tell: () => void;
}

/** Ends the sending of an edit: whose values count is asked when somebody is there. */
export class Disputed extends Error {
  readonly conflict: Conflict;
  constructor(conflict: Conflict) {
    super('disputed');
    this.name = 'Disputed';
    this.conflict = conflict;
  }
}

/** Answers that will be others by themselves: the line stops there and is sent again later. */
const PASSING = new Set([401, 408, 425, 429, 502, 503, 504]);

/**
 * Edits that could not reach the server, kept in the order they were made and sent in it, by one tab for all. Each keeps
 * its name through all tries, so that one whose answer was lost counts once. What the disk does not take lives in this
 * tab alone.
 */
export class Outbox {
  readonly #world: OutboxWorld;
  readonly #shown = new Map<string, () => void>();
  #kept: Line = [];
  #loose: Line = [];
  #sending: Promise<void> = Promise.resolve();
  #closed = false;
  #isDiskGood = true;

  constructor(world: OutboxWorld) {
    this.#world = world;
  }

  get line(): Line {
    return [...this.#kept, ...this.#loose].sort((a, b) => a.at - b.at);
  }

  /** Reads what lies on the disk, as another tab or an earlier visit left it. */
  async read(): Promise<void> {
    await this.#onDisk((line) => line);
    this.#draw();
  }

  /** @param isTried  it may have arrived: its answer was lost */
  async keep(edit: Edit, isTried: boolean): Promise<void> {
    const last = this.line.at(-1)?.at ?? 0;
    const one: WaitingEdit = { edit, isTried, title: this.#world.titleOf(edit), at: Math.max(this.#world.nowMs(), last + 1) };
    const add = (line: Line): Line => queue.append(line, one);
    if (this.#loose.length || !(await this.#onDisk(add))) this.#loose = add(this.#loose);
    this.#told();
  }

  /** Sends what can be sent, in order. Never throws: what the server refuses is set aside, without an answer all waits on. */
  sendAll(): Promise<void> {
    // One after the other, not the same: what came while the last one ended is in this one.
    this.#sending = this.#sending.then(() => this.#world.exclusive(() => this.#sendAll())).catch(() => undefined);
    return this.#sending;
  }

  decide(key: string, whose: 'mine' | 'theirs'): Promise<void> {
    return this.#change(key, (line) => queue.decide(line, key, whose));
  }

  retry(key: string): Promise<void> {
    return this.#change(key, (line) => queue.retry(line, key));
  }

  discard(key: string): Promise<void> {
    return this.#change(key, (line) => queue.discard(line, key));
  }

  /** @param forget  whether what waits is given up, as by somebody who signs out; else it stays for the next visit */
  async close(forget: boolean): Promise<void> {
    this.#closed = true;
    for (const hide of this.#shown.values()) hide();
    this.#shown.clear();
    this.#world.changed([], true);
    if (forget || !this.line.length) await this.#world.disk.wipe().catch(() => undefined);
  }

  async #sendAll(): Promise<void> {
    await this.read();
    for (let next = queue.nextToSend(this.line); next && !this.#closed; next = queue.nextToSend(this.line)) {
      const { key } = next.edit;
      // From here on nobody changes it, in no tab; and what was put into it a moment ago goes with it.
      await this.#change(key, (line) => queue.take(line, key));
      const taken = this.line.find(({ edit }) => edit.key === key);
      if (!taken) continue;
      try {
        const { version } = await this.#world.send(taken.edit);
        await this.#change(key, (line) => queue.done(line, key, version));
      } catch (error) {
        const aside = setAside(key, error);
        if (!aside) return;
        await this.#change(key, aside);
      }
    }
  }

  async #change(key: string, change: (line: Line) => Line): Promise<void> {
    if (this.#closed) return;
    if (this.#loose.some(({ edit }) => edit.key === key)) this.#loose = change(this.#loose);
    // A disk that fails now still has it: another visit sends it once more, which changes nothing.
    else if (!(await this.#onDisk(change))) this.#kept = change(this.#kept);
    this.#told();
  }

  /** @returns whether the disk has taken it */
  async #onDisk(change: (line: Line) => Line): Promise<boolean> {
    try {
      this.#kept = await this.#world.disk.change(change);
      this.#isDiskGood = true;
    } catch {
      this.#isDiskGood = false;
    }
    return this.#isDiskGood;
  }

  #told(): void {
    this.#draw();
    this.#world.tell();
  }

  #draw(): void {
    if (this.#closed) return;
    const { line } = this;
    const shown = new Map(line.map(({ edit }) => [shapeOf(edit), edit]));
    for (const [shape, hide] of this.#shown) {
      if (shown.has(shape)) continue;
      this.#shown.delete(shape);
      hide();
    }
    for (const [shape, edit] of shown) if (!this.#shown.has(shape)) this.#shown.set(shape, this.#world.show(edit));
    this.#world.changed(line, this.#isDiskGood && !this.#loose.length);
  }
}

/** What an edit looks like: one that was joined with another is drawn anew. */
const shapeOf = (edit: Edit): string =>
  JSON.stringify([edit.key, edit.kind === 'create' ? edit.values : edit.kind === 'update' ? edit.change : '']);

/** How an edit leaves the line after a failure; undefined when that passes by itself. */
function setAside(key: string, error: unknown): ((line: Line) => Line) | undefined {
  if (error instanceof Disputed) return (line) => queue.dispute(line, key, error.conflict);
  if (!(error instanceof ApiError) || PASSING.has(error.status)) return undefined;
  const { status, code, params, issues } = error;
  const refusal: Refusal = { status, code, params, issues };
  return (line) => queue.refuse(line, key, refusal);
}
