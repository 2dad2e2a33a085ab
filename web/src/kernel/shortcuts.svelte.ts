import { createKeybindingsHandler } from 'tinykeys';
import { inDialog, isTyping } from './keys.ts';
import { stored } from './stored.ts';

export interface Shortcut {
  /** As tinykeys reads it: `c`, `g c` (one after the other), `$mod+k`. */
  readonly keys: string;
  readonly title: () => string;
  /** Absent: what is shown listens for itself, and the key is only told of. */
  readonly run?: () => void;
  /** Heading in the list of shortcuts. */
  readonly group?: () => string;
}

/** The keys that work now; pages add theirs while they are shown. Single keys can be switched off for good. */
class Shortcuts {
  /** Apart from its reactive copy: what an effect takes away, it would take from the list as it was before the others of its turn added to it. */
  #list: readonly Shortcut[] = [];
  #known = $state.raw<readonly Shortcut[]>([]);
  /** Layers that are open or on their way: until they have the focus, letters must not act on the page below. */
  #held = 0;
  singleKeys = $state(stored.get('shortcuts') !== 'off');

  get all(): readonly Shortcut[] {
    return this.#known;
  }

  /** @returns the function that takes them away again; fit for `$effect` */
  add(...shortcuts: Shortcut[]): () => void {
    this.#known = this.#list = [...this.#list, ...shortcuts];
    return () => (this.#known = this.#list = this.#list.filter((shortcut) => !shortcuts.includes(shortcut)));
  }

  /** @returns the function that lets single keys work again; fit for `$effect` */
  hold(): () => void {
    this.#held++;
    return () => void this.#held--;
  }

  /** Whether letters mean something on the page: they are wanted, and no layer is open or on its way. */
  get letters(): boolean {
    return this.singleKeys && this.#held === 0;
  }

  setSingleKeys(on: boolean): void {
    this.singleKeys = on;
    stored.set('shortcuts', on ? null : 'off');
  }

  /** Listens on the window until the returned function is called. Call it in `$effect`: it follows the list. */
  listen(): () => void {
    // Sequences first: the second key of `g c` must not count as `c`.
    const longestFirst = this.#known.toSorted((a, b) => b.keys.split(' ').length - a.keys.split(' ').length);
    const bindings = Object.fromEntries(longestFirst.flatMap(({ keys, run }) => (run ? [[keys, this.#answer(keys, run)]] : [])));
    const handler = createKeybindingsHandler(bindings);
    addEventListener('keydown', handler);
    return () => removeEventListener('keydown', handler);
  }

  #answer(keys: string, run: () => void): (event: KeyboardEvent) => void {
    const bare = !/\$mod|Control|Alt|Meta/.test(keys);
    return (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (bare && (!this.letters || isTyping(event) || inDialog())) return;
      event.preventDefault();
      run();
    };
  }
}

export const shortcuts = new Shortcuts();
