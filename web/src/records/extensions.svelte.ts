import type { Component, Snippet } from 'svelte';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { extensions } from '../extensions.ts';
import type { Icon } from '../ui/icon.ts';
import type { Action } from '../ui/menu.ts';
import type { Tone } from '../ui/tone.ts';
import type { ListState } from './listState.svelte.ts';

/** Another way to show the records of a list, under the same search and filters; the address keeps it as `layout`. */
export interface ListView {
  readonly id: string;
  readonly title: () => string;
  readonly icon: Icon;
  /** `nothing` stands for the rows when the list has none: still empty, nothing found, not loaded. */
  readonly load: () => Promise<{ default: Component<{ list: ListState; nothing: Snippet }> }>;
}

/** What a domain adds to the generic screens of one of its types. All parts are optional. */
export interface RecordExtension {
  /** Meanings of options, shown as a coloured dot: field → option → tone. */
  readonly tones?: Tones;
  /** Things to do with a record, in the head of its page and in the peek panel; the first that is not minor is the main one. Reactive. */
  readonly actions?: (record: AnyRecord) => readonly Action[];
  /** What is done with such records many times a day: a button and a key of its own there, and at every row of the list. Reactive. */
  readonly quick?: (record: AnyRecord) => readonly Action[];
  /** Beside a record's title, on its page and in the peek panel; lists have columns for it. */
  readonly badge?: OfRecord;
  /** A small sign beside a record's title in lists, which need no column to be warned. */
  readonly mark?: OfRecord;
  /** Under the head of a record's page and at the top of the peek panel: what must be seen first. */
  readonly notice?: OfRecord;
  /** Beside the record's timeline, above the related lists. */
  readonly panel?: OfRecord;
  /** Types whose records the panel shows in its own way, so that no list repeats them. */
  readonly listed?: readonly string[];
  /** Fields that notice or panel show in their own way, so that no row repeats them. */
  readonly shown?: readonly string[];
  /** Dialogs that `actions` open; stands on every page that shows such records. */
  readonly host?: Component;
  /** In the head of the list. */
  readonly listActions?: Component;
  /** There, too: narrows the list in the domain's own way. */
  readonly listSwitch?: Component<{ list: ListState }>;
  /** Beside the list itself, in the order they are offered. */
  readonly views?: readonly ListView[];
  /** Said when the type has no records yet. */
  readonly emptyText?: () => string;
  /** Wording of timeline rows of this type's own codes. */
  readonly timeline?: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>>;
  /** Fields that stand in no form: commands write them. */
  readonly notInForm?: readonly string[];
  /** Fields that belong together, under a heading of their own, in this order; the others follow under the general ones. */
  readonly groups?: readonly { readonly id: string; readonly title: () => string; readonly fields: readonly string[] }[];
  /** What a form says under a field. */
  readonly hints?: Readonly<Record<string, () => string>>;
  /** What the form of a new record starts with. */
  readonly start?: () => Values;
  /** Controls of single fields, in the place of their kind's; `data` fields stand in forms only with one. */
  readonly controls?: Readonly<Record<string, OwnControl>>;
}

type Tones = Readonly<Record<string, Readonly<Record<string, Tone>>>>;
type OfRecord = Component<{ record: AnyRecord }>;

/** Binds a value in the form that the API takes; undefined is nothing. It stands in a `Field`, which names it. */
export interface OwnControlProps {
  value: unknown;
  /** The values that stand beside it, in a form or in the record. */
  readonly others: Values;
  /** Sets those of them that the control says it `writes`. */
  readonly onothers?: ((values: Values) => void) | undefined;
  readonly disabled?: boolean;
  readonly onblur?: () => void;
  /** What stands in the control is no value. */
  readonly onfault?: (faulty: boolean) => void;
  /** A choice was made, after which nothing is left to do here. */
  readonly onchosen?: () => void;
}

export interface OwnControl {
  readonly load: () => Promise<{ default: Component<OwnControlProps, object, 'value'> }>;
  /** Takes the whole width of a form. */
  readonly wide?: boolean;
  /** Fields that follow from this one as it is written. */
  readonly writes?: readonly string[];
  /** How it is given to many records at once; without it the field is left out there. */
  readonly many?: (records: readonly AnyRecord[]) => OfMany;
}

/** What a control of many records stands beside, and which of them it is for; or why it can be given to none of them. */
export type OfMany = { readonly others: Values; readonly fits: (record: AnyRecord) => boolean } | { readonly refused: () => string };

/** All that domains add to a type. */
interface Additions extends Pick<RecordExtension, 'emptyText'> {
  readonly tones: Tones;
  readonly actions: (record: AnyRecord) => readonly Action[];
  readonly quick: (record: AnyRecord) => readonly Action[];
  readonly badges: readonly OfRecord[];
  readonly marks: readonly OfRecord[];
  readonly notices: readonly OfRecord[];
  readonly panels: readonly OfRecord[];
  readonly hosts: readonly Component[];
  readonly listActions: readonly Component[];
  readonly listSwitches: readonly Component<{ list: ListState }>[];
  readonly views: readonly ListView[];
  readonly listed: readonly string[];
  readonly shown: readonly string[];
  readonly timeline: NonNullable<RecordExtension['timeline']>;
  readonly notInForm: readonly string[];
  readonly groups: NonNullable<RecordExtension['groups']>;
  readonly hints: NonNullable<RecordExtension['hints']>;
  readonly start: () => Values;
  readonly controls: NonNullable<RecordExtension['controls']>;
}

const merged = (parts: readonly RecordExtension[]): Additions => ({
  tones: Object.assign({}, ...parts.map(({ tones }) => tones)) as Tones,
  actions: (record) => parts.flatMap(({ actions }) => actions?.(record) ?? []),
  quick: (record) => parts.flatMap(({ quick }) => quick?.(record) ?? []),
  badges: parts.flatMap(({ badge }) => badge ?? []),
  marks: parts.flatMap(({ mark }) => mark ?? []),
  notices: parts.flatMap(({ notice }) => notice ?? []),
  panels: parts.flatMap(({ panel }) => panel ?? []),
  hosts: parts.flatMap(({ host }) => host ?? []),
  listActions: parts.flatMap(({ listActions }) => listActions ?? []),
  listSwitches: parts.flatMap(({ listSwitch }) => listSwitch ?? []),
  views: parts.flatMap(({ views }) => views ?? []),
  listed: parts.flatMap(({ listed }) => listed ?? []),
  shown: parts.flatMap(({ shown }) => shown ?? []),
  emptyText: parts.find(({ emptyText }) => emptyText)?.emptyText,
  timeline: Object.assign({}, ...parts.map(({ timeline }) => timeline)) as Additions['timeline'],
  notInForm: parts.flatMap(({ notInForm }) => notInForm ?? []),
  groups: parts.flatMap(({ groups }) => groups ?? []),
  hints: Object.assign({}, ...parts.map(({ hints }) => hints)) as Additions['hints'],
  start: () => Object.assign({}, ...parts.map(({ start }) => start?.())) as Values,
  controls: Object.assign({}, ...parts.map(({ controls }) => controls)) as Additions['controls'],
});

const NONE = merged([]);

/** The additions of a type; none until their chunks are here. */
class Extended {
  #loaded = $state.raw<Readonly<Record<string, Additions>>>({});

  of(type: string): Additions {
    return this.#loaded[type] ?? NONE;
  }

  /** Whether they are here, or there are none. */
  isHere(type: string): boolean {
    return !extensions[type] || this.#loaded[type] !== undefined;
  }

  /** Fetches them; call it in an effect of whatever shows such records. */
  async load(type: string): Promise<void> {
    const loads = extensions[type];
    if (!loads || this.#loaded[type]) return;
    const parts = await Promise.all(loads.map((load) => load()));
    this.#loaded = { ...this.#loaded, [type]: merged(parts.map((part) => part.default)) };
  }
}

export const extended = new Extended();
