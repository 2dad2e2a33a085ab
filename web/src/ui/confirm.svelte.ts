/** Questions that stop the user. Rare: what can be undone is done at once, with undo. */
export interface Question {
  readonly title: () => string;
  readonly text: () => string;
  /** The verb on the button, never "OK". */
  readonly action: () => string;
  readonly danger?: boolean;
}

class Confirmation {
  asked = $state.raw<Question | undefined>();
  #answer: ((yes: boolean) => void) | undefined;

  ask(question: Question): Promise<boolean> {
    this.answer(false);
    this.asked = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(yes: boolean): void {
    this.asked = undefined;
    this.#answer?.(yes);
    this.#answer = undefined;
  }
}

export const confirmation = new Confirmation();

/** @returns whether the user agreed; Escape means no */
export const confirm = (question: Question): Promise<boolean> => confirmation.ask(question);
