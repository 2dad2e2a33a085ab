import type { Component } from 'svelte';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { extensions } from '../extensions.ts';
import type { Action } from '../ui/menu.ts';
import type { Tone } from '../ui/tone.ts';

/** What a domain adds to the generic screens of one of its types. All parts are optional. */
export interface RecordExtension {
  /** Meanings of options, shown as a coloured dot: field → option → tone. */
  readonly tones?: Readonly<Record<string, Readonly<Record<string, Tone>>>>;
  /** Things to do with a record, in the head of its page and in the peek panel; the first is the main one. Reactive. */
  readonly actions?: (record: AnyRecord) => readonly Action[];
  /** Beside a record's title, on its page and in the peek panel; lists have columns for it. */
  readonly badge?: Component<{ record: AnyRecord }>;
  /** Under the head of a record's page and at the top of the peek panel: what must be seen first. */
  readonly notice?: Component<{ record: AnyRecord }>;
  /** Beside the record's timeline, above the related lists. */
  readonly panel?: Component<{ record: AnyRecord }>;
  /** Types whose records the panel shows in its own way, so that no list repeats them. */
  readonly listed?: readonly string[];
  /** Dialogs that `actions` open; stands on every page that shows such records. */
  readonly host?: Component;
  /** In the head of the list. */
  readonly listActions?: Component;
  /** Said when the type has no records yet. */
  readonly emptyText?: () => string;
  /** Wording of timeline rows of this type's own codes. */
  readonly timeline?: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>>;
  /** Fields that stand in no form: commands write them. */
  readonly notInForm?: readonly string[];
}

const NONE: RecordExtension = {};

/** The additions of a type; empty until their chunk is here. */
class Extended {
  #loaded = $state.raw<Readonly<Record<string, RecordExtension>>>({});

  of(type: string): RecordExtension {
    return this.#loaded[type] ?? NONE;
  }

  /** Fetches them; call it in an effect of whatever shows such records. */
  async load(type: string): Promise<void> {
    const load = extensions[type];
    if (!load || this.#loaded[type]) return;
    const { default: extension } = await load();
    this.#loaded = { ...this.#loaded, [type]: extension };
  }
}

export const extended = new Extended();
