import { m } from '#messages';
import type { RecordDefinition, Values } from '../../../../shared/kernel/record.ts';
import { savedView } from '../../../../shared/workspace/savedView.ts';
import { sharedView } from '../../../../shared/workspace/sharedView.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { change, remove } from '../actions.ts';
import { toFilter } from '../filterTree.ts';
import type { ListState } from '../listState.svelte.ts';
import { writeSort } from '../sorting.ts';
import { definitionOfView, isShared, type View } from './listViews.svelte.ts';

/** What a list shows now, as a view keeps it; null where it has nothing of its own. */
function shownIn(list: ListState): Values {
  const { tree, sort, shownAs, layout } = list;
  return {
    filter: tree.parts.length ? toFilter(tree) : null,
    sort: writeSort(sort) || null,
    layout: shownAs || null,
    columns: layout.columns ?? null,
    density: layout.density ?? null,
    totals: layout.totals ?? null,
  };
}

const present = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Puts what the list shows into a new view, the last one, and opens it. @throws ApiError, NetworkError */
export async function saveAsNew(list: ListState, name: string, shared: boolean): Promise<void> {
  const { all } = list.views;
  const place = Math.max(0, ...all.map((view) => view.place ?? 0)) + 1;
  const values = { ...present(shownIn(list)), name, on: list.type, pinned: true, place };
  await create(list, shared, values);
}

/** Writes what the list shows into its view. @throws ApiError, NetworkError */
export async function updateView(list: ListState, view: View): Promise<void> {
  // Taken back, the list shows the view as it was; what the address says of it would show as changes of it.
  const undone = (back: unknown): void => (list.view?.id === view.id ? list.open(back as View) : undefined);
  await change(definitionOfView(view), record(view), shownIn(list), () => m.lists_view_updated({ name: view.name }), undone);
  list.resetLayout();
}

/** Makes another of the other kind out of a view: a shared one of one's own, or one's own of a shared one. */
export async function copyView(list: ListState, view: View, shared: boolean): Promise<void> {
  const { on, name, layout, filter, sort, columns, density, totals } = view;
  const kept = { on, name, layout, filter, sort, columns, density, totals, pinned: true, place: view.place };
  await create(list, shared, Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined && value !== null)));
}

async function create(list: ListState, shared: boolean, values: Values): Promise<void> {
  const made = await replica.create((shared ? sharedView : savedView).name, values);
  list.open(made as unknown as View);
}

export const renameView = (view: View, name: string): Promise<void> => change(definitionOfView(view), record(view), { name });

export const pinView = (view: View, pinned: boolean): Promise<void> => change(definitionOfView(view), record(view), { pinned });

/** What the list opens with for everybody who has chosen nothing else: one of the shared views. */
export async function makeStandard(list: ListState, view: View, isDefault: boolean): Promise<void> {
  const others = list.views.shared.filter((other) => other.isDefault && other.id !== view.id);
  await change(definitionOfView(view), record(view), { isDefault });
  for (const other of isDefault ? others : []) await replica.update(sharedView.name, other.id, { isDefault: false });
}

/** What the list opens with for the reader himself: one of his own views, or one that all share. */
export async function makeOwnStandard(list: ListState, view: View, isDefault: boolean): Promise<void> {
  const { choice, own } = list.views;
  const others = own.filter((other) => other.isDefault && other.id !== view.id);
  if (!isShared(view)) {
    await change(savedViewType, record(view), { isDefault });
    if (isDefault && choice) await replica.remove(savedView.name, choice.id).send();
  } else if (!isDefault) {
    if (choice) await replica.remove(savedView.name, choice.id).send();
  } else if (choice) await replica.update(savedView.name, choice.id, { name: view.name, opens: view.id });
  else await replica.create(savedView.name, { name: view.name, on: list.type, opens: view.id });
  for (const other of isDefault ? others : []) await replica.update(savedView.name, other.id, { isDefault: false });
}
const savedViewType = savedView as unknown as RecordDefinition;

/** Puts a view before or behind its neighbour of the same kind. */
export async function moveView(list: ListState, view: View, by: -1 | 1): Promise<void> {
  const row = isShared(view) ? list.views.shared : list.views.own;
  const at = row.findIndex(({ id }) => id === view.id);
  if (row[at + by] === undefined) return;
  const next = row.toSpliced(at, 1).toSpliced(at + by, 0, view);
  const type = definitionOfView(view).name;
  await Promise.all(next.map((each, place) => (each.place === place ? undefined : replica.update(type, each.id, { place }))));
}

export function removeView(list: ListState, view: View): void {
  list.open(undefined);
  remove(definitionOfView(view), [record(view)]);
}

/** Views are records like any other; their types say more of them. */
const record = (view: View): Parameters<typeof change>[1] => view as unknown as Parameters<typeof change>[1];
