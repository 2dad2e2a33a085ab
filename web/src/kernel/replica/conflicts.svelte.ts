import type { Conflict } from './edits.ts';

/** Questions whose values count, one at a time; a dialog shows them. */
class Conflicts {
  #queue = $state.raw<readonly { conflict: Conflict; answer: (whose: 'mine' | 'theirs') => void }[]>([]);

  get asked(): Conflict | undefined {
    return this.#queue[0]?.conflict;
  }

  decide(conflict: Conflict): Promise<'mine' | 'theirs'> {
    return new Promise((answer) => (this.#queue = [...this.#queue, { conflict, answer }]));
  }

  answer(whose: 'mine' | 'theirs'): void {
    const [first, ...rest] = this.#queue;
    this.#queue = rest;
    first?.answer(whose);
  }

  /** The session is over: nobody will answer any more, and what is left as it was is theirs. */
  end(): void {
    while (this.asked) this.answer('theirs');
  }
}

export const conflicts = new Conflicts();
