import { untrack } from 'svelte';
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
  #readings = $state.raw<readonly Reading[]>([]);
  /** An action that needs one thing more to be chosen; the palette offers it. */
  asked = $state.raw<Action | undefined>();

  /** The nearest first. */
  get subjects(): readonly Subject[] {
    return this.#readings.flatMap((read) => read() ?? []).filter(({ actions }) => actions.length > 0);
  }

  /** Keys of the actions; where two subjects want the same one, the nearer has it. */
  get shortcuts(): Shortcut[] {
    const byKeys = new Map<string, Shortcut>();
    for (const action of this.subjects.flatMap(({ actions }) => actions)) {
      const { keys, title, disabled } = action;
      if (keys && !disabled && !byKeys.has(keys)) byKeys.set(keys, { keys, title, run: () => perform(action) });
    }
    return [...byKeys.values()];
  }

  /**
   * @param nearest  before what was added earlier
   * @returns the function that takes it away again; fit for `$effect`
   */
  add(read: Reading, nearest = false): () => void {
    // Untracked: an effect that adds must not run again because the list is another.
    const known = untrack(() => this.#readings);
    this.#readings = nearest ? [read, ...known] : [...known, read];
    return () => (this.#readings = this.#readings.filter((other) => other !== read));
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
