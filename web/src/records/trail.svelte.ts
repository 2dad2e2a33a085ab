import { untrack } from 'svelte';
import { session } from '../kernel/session.svelte.ts';
import { tabStored } from '../kernel/stored.ts';
import { around, neighboursIn, stretchOf, type Neighbours, type Stretch } from './neighbours.ts';

const PREFIX = 'trail:';

/**
 * The list of each type that was looked at last: a record opened from it leads on to the next as the list had them. Ids
 * alone, for this tab and session; a reload finds what lies around the record that is open.
 */
class Trail {
  #lists = $state.raw<Readonly<Record<string, Stretch>>>({});

  keep(type: string, rows: readonly { readonly id: string }[]): void {
    // Untracked: a list that keeps itself must not do so again because others are kept.
    this.#lists = { ...untrack(() => this.#lists), [type]: stretchOf(rows) };
  }

  /** Undefined for a record that was not in the list. Reactive. */
  of(type: string, id: string): Neighbours | undefined {
    const list = this.#lists[type] ?? read(type);
    return list && neighboursIn(list, id);
  }

  /** A record is open: a reload of its page shall find its neighbours again. */
  stopAt(type: string, id: string): void {
    const list = this.#lists[type];
    if (list?.ids.includes(id)) tabStored.set(PREFIX + type, JSON.stringify(around(list, id)));
  }

  forget(): void {
    this.#lists = {};
    tabStored.removeAll(PREFIX);
  }
}

function read(type: string): Stretch | undefined {
  try {
    return (JSON.parse(tabStored.get(PREFIX + type) ?? 'null') as Stretch | null) ?? undefined;
  } catch {
    return undefined; // none of ours
  }
}

export const trail = new Trail();
session.onEnd(() => trail.forget());
