import type { Action } from '../ui/menu.ts';
import { router } from './router.svelte.ts';
import type { Shortcut } from './shortcuts.svelte.ts';

/** What stands before the user, and what can be done with it: a record, or the rows that are ticked. */
export interface Subject {
  readonly title: () => string;
  readonly actions: readonly Action[];
}

/** Undefined while there is nothing. Reactive. */
type Reading = () => Subject | undefined;

/**
 * What the user has at hand. Pages tell it while they are shown; the palette offers its actions, and their keys work. So
 * a key, a button and an entry of the palette are one action.
 */
class AtHand {
  /** Apart from its reactive copy, as the list of shortcuts. */
  #list: readonly Reading[] = [];
  #readings = $state.raw<readonly Reading[]>([]);
  /** An action that needs one thing more to be chosen; the palette offers it. */
  asked = $state.raw<Action | undefined>();

  /** The nearest first. Where two want the same key, the nearer has it. */
  get subjects(): readonly Subject[] {
    const taken = new Set<string>();
    const withOwnKeys = (action: Action): Action => {
      const { keys, ...keyless } = action;
      if (keys === undefined || taken.has(keys)) return keyless;
      taken.add(keys);
      return action;
    };
    return this.#readings
      .flatMap((read) => read() ?? [])
      .filter(({ actions }) => actions.length > 0)
      .map(({ title, actions }) => ({ title, actions: actions.map(withOwnKeys) }));
  }

  get shortcuts(): Shortcut[] {
    return this.subjects
      .flatMap(({ actions }) => actions)
      .flatMap((action) =>
        action.keys && !action.disabled ? [{ keys: action.keys, title: action.title, run: () => perform(action) }] : [],
      );
  }

  /**
   * @param nearest  before what was added earlier
   * @returns the function that takes it away again; fit for `$effect`
   */
  add(read: Reading, nearest = false): () => void {
    this.#readings = this.#list = nearest ? [read, ...this.#list] : [...this.#list, read];
    return () => (this.#readings = this.#list = this.#list.filter((other) => other !== read));
  }
}

export const atHand = new AtHand();

/** An action that asks which of several; wherever it is pressed, the palette lists them. */
export function choosing(action: Omit<Action, 'run' | 'href'> & Required<Pick<Action, 'choices'>>): Action {
  const asking: Action = { ...action, run: () => (atHand.asked = asking) };
  return asking;
}

export function perform({ href, run }: Action): void {
  if (href === undefined) run?.();
  else void router.goto(href);
}
