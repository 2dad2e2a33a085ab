import { sameValue } from '../../../shared/kernel/diff.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import type { Density, ViewColumn } from '../../../shared/workspace/listView.ts';
import { stored } from '../kernel/stored.ts';
import { fieldOf, visibleFields } from './types.ts';

const WIDTHS: Readonly<Record<string, number>> = {
  text: 130,
  longText: 180,
  email: 160,
  emails: 170,
  phone: 140,
  phones: 150,
  url: 150,
  choice: 110,
  choices: 150,
  tags: 150,
  ref: 130,
  refs: 150,
  number: 90,
  money: 130,
  date: 100,
  instant: 100,
  boolean: 70,
  address: 190,
};
const TITLE_WIDTH = 220;
const SYSTEM = ['ownerId', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'];

/** Least width of a column in px, and its share of what is left; one that was set stays as it is. */
export function columnWidth(definition: RecordDefinition, { name, width }: ViewColumn): { width: number; grow: number } {
  if (width !== undefined) return { width, grow: 0 };
  if (name === definition.title) return { width: TITLE_WIDTH, grow: 2 };
  const { kind } = fieldOf(definition, name);
  return { width: WIDTHS[kind] ?? 130, grow: kind === 'instant' || kind === 'date' || kind === 'boolean' ? 0 : 1 };
}

/** Every column a list may show, the title first. */
export const possibleColumns = (definition: RecordDefinition): string[] => [
  definition.title,
  ...visibleFields(definition).filter((name) => name !== definition.title),
  ...SYSTEM.filter((name) => name !== 'ownerId' || definition.paths.owner),
];

/** The columns a list shows unless its reader chose others: the declaration's, own fields before who and when. */
function usualColumns(definition: RecordDefinition): string[] {
  const { list } = definition.views;
  const own = visibleFields(definition).filter((name) => name.startsWith('x_'));
  const end = list.findIndex((name) => SYSTEM.includes(name));
  return end < 0 ? [...list, ...own] : [...list.slice(0, end), ...own, ...list.slice(end)];
}

/** How a list is drawn; what is absent is as usual. */
export interface Layout {
  readonly columns?: readonly ViewColumn[] | undefined;
  readonly density?: Density | undefined;
  readonly totals?: boolean | undefined;
}

/** The columns of a layout that this reader may see: the title first, then those that stay, then the others. */
export function columnsOf(definition: RecordDefinition, { columns }: Layout): ViewColumn[] {
  const possible = new Set(possibleColumns(definition));
  const wanted: readonly ViewColumn[] = columns ?? usualColumns(definition).map((name) => ({ name }));
  const chosen = new Map(wanted.map((column) => [column.name, column]));
  const others = [...chosen.values()].filter(({ name }) => possible.has(name) && name !== definition.title);
  const title = { ...chosen.get(definition.title), name: definition.title, pinned: true };
  return [title, ...others.filter(({ pinned }) => pinned), ...others.filter(({ pinned }) => !pinned)];
}

const sameLayout = (a: Layout, b: Layout): boolean =>
  sameValue(a.columns, b.columns) && (a.density ?? 'normal') === (b.density ?? 'normal') && (a.totals ?? false) === (b.totals ?? false);

/**
 * What this reader has changed of layouts, by type, or by type and view; kept on this computer. A view's own layout
 * stays as it is until he updates the view.
 */
class LayoutChoice {
  #chosen = $state.raw<Readonly<Record<string, Layout>>>(read());

  /** @param base  layout of the view; none for the list itself */
  of(key: string, base: Layout = {}): Layout {
    return this.#chosen[key] ?? base;
  }

  isChanged(key: string, base: Layout = {}): boolean {
    const chosen = this.#chosen[key];
    return chosen !== undefined && !sameLayout(chosen, base);
  }

  set(key: string, layout: Layout): void {
    this.#keep({ ...this.#chosen, [key]: layout });
  }

  reset(key: string): void {
    const { [key]: _mine, ...others } = this.#chosen;
    this.#keep(others);
  }

  #keep(chosen: Readonly<Record<string, Layout>>): void {
    this.#chosen = chosen;
    stored.set('columns', Object.keys(chosen).length ? JSON.stringify(chosen) : null);
  }
}

function read(): Record<string, Layout> {
  try {
    const chosen: unknown = JSON.parse(stored.get('columns') ?? '{}');
    if (typeof chosen !== 'object' || chosen === null) return {};
    return Object.fromEntries(Object.entries(chosen).flatMap(([key, layout]) => (isLayout(layout) ? [[key, layout]] : [])));
  } catch {
    return {};
  }
}

function isLayout(value: unknown): value is Layout {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { columns } = value as Layout;
  return columns === undefined || (Array.isArray(columns) && columns.every((column) => typeof column?.name === 'string'));
}

export const layoutChoice = new LayoutChoice();
