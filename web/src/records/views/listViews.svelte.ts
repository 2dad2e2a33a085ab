import type { RecordDefinition } from '../../../../shared/kernel/record.ts';
import { savedView, type SavedView } from '../../../../shared/workspace/savedView.ts';
import { sharedView, type SharedView } from '../../../../shared/workspace/sharedView.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';

export type View = SavedView | SharedView;

/** In an address: the list itself, where it would open with another view. */
export const ALL = 'all';

export const isShared = (view: Pick<View, 'id'>): boolean => view.id.startsWith(`${sharedView.idPrefix}_`);
export const definitionOfView = (view: Pick<View, 'id'>): RecordDefinition =>
  (isShared(view) ? sharedView : savedView) as unknown as RecordDefinition;

/** Whether the reader may change the view, and put it away. */
export const mayKeep = (view: View): boolean => session.may('update', definitionOfView(view), view);
export const mayShare = (): boolean => session.may('create', sharedView);

const inPlace = (a: View, b: View): number =>
  (a.place ?? Infinity) - (b.place ?? Infinity) || (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0);

/** The views of one type's list: those all share first, then the reader's own. Reactive. */
export class ListViews {
  readonly #type: string;

  constructor(type: string) {
    this.#type = type;
  }

  readonly shared: readonly SharedView[] = $derived.by(() => this.#of<SharedView>(sharedView.name));
  readonly #mine: readonly SavedView[] = $derived.by(() => this.#of<SavedView>(savedView.name));
  readonly own: readonly SavedView[] = $derived.by(() => this.#mine.filter(({ opens }) => opens === undefined));
  /** Says that the list opens with a shared view for the reader, whatever it opens with for others. */
  readonly choice: SavedView | undefined = $derived.by(() => this.#mine.find(({ opens }) => opens !== undefined));
  readonly all: readonly View[] = $derived.by(() => [...this.shared, ...this.own]);

  /** Whether all are known, or cannot be had. */
  readonly ready: boolean = $derived.by(() => [savedView, sharedView].every(({ name }) => replica.type(name).state !== 'loading'));

  /** What the list opens with: one's own choice before everybody's. */
  readonly standard: View | undefined = $derived.by(() => this.ownStandard ?? this.shared.find(({ isDefault }) => isDefault));
  /** His own choice; a shared view may be gone since. */
  readonly ownStandard: View | undefined = $derived.by(
    () => this.own.find(({ isDefault }) => isDefault) ?? this.shared.find(({ id }) => id === this.choice?.opens),
  );

  find(id: string): View | undefined {
    return this.all.find((view) => view.id === id);
  }

  #of<V extends View>(type: string): V[] {
    const rows = replica.type(type).rows as readonly unknown[] as readonly V[];
    return rows.filter(({ on }) => on === this.#type).sort(inPlace);
  }
}
