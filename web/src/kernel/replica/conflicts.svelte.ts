import type { Conflict } from './send.ts';

/** Later: nobody wants to say now; only where the question may wait. */
export type Decision = 'mine' | 'theirs' | 'later';

/** Questions whose values count, one at a time; a dialog shows them. */
class Conflicts {
  #queue = $state.raw<readonly { conflict: Conflict; answer: (whose: Decision) => void }[]>([]);

  get asked(): Conflict | undefined {
    return this.#queue[0]?.conflict;
  }

  decide(conflict: Conflict): Promise<Decision> {
    return new Promise((answer) => (this.#queue = [...this.#queue, { conflict, answer }]));
  }

  answer(whose: Decision): void {
    const [first, ...rest] = this.#queue;
    this.#queue = rest;
    first?.answer(whose);
  }

  /** Closed without an answer: what cannot wait is left as it is, theirs. */
  dismiss(): void {
    this.answer(this.asked?.mayWait ? 'later' : 'theirs');
  }

  /** The session is over: nobody will answer any more. */
  end(): void {
    while (this.asked) this.dismiss();
  }
}

export const conflicts = new Conflicts();
