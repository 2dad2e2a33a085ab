import type { Line, WaitingEdit } from './outbox/queue.ts';

/** What a list of waiting edits lets the user do; set while there is an outbox. */
export interface WaitingActions {
  /** Sends what can be sent, now. */
  readonly sendAll: () => Promise<void>;
  readonly discard: (key: string) => Promise<void>;
  readonly retry: (key: string) => Promise<void>;
  /** Asks whose values count. */
  readonly ask: (one: WaitingEdit) => Promise<void>;
}

/** Edits that are not with the server yet, for whoever shows them. Reactive; the outbox writes it. */
class Waiting {
  edits = $state.raw<Line>([]);
  /** They are on the disk and outlive this tab. */
  isSafe = $state(true);
  /** Some of them wait for nothing but a network; whatever is done now comes after them. */
  hasNext = $state(false);
  actions: WaitingActions | undefined;

  /** Edits that the server refused, or that somebody has to decide. */
  readonly aside: Line = $derived(this.edits.filter(({ refusal, conflict }) => refusal ?? conflict));
  readonly #byRecord = $derived(Map.groupBy(this.edits, ({ edit }) => edit.id));

  of(recordId: string): Line | undefined {
    return this.#byRecord.get(recordId);
  }

  find(key: string): WaitingEdit | undefined {
    return this.edits.find(({ edit }) => edit.key === key);
  }
}

export const waiting = new Waiting();
