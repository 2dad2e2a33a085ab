import type { Snippet } from 'svelte';

/** A column; the order is the rank, the last ones fold away first when the table gets narrow. */
export interface Column<Row> {
  readonly id: string;
  /** Heading, in the reader's language. */
  readonly title: string;
  /** The cell as words; also what a narrow row shows. */
  readonly text: (row: Row) => string;
  /** The cell as more than words; told its column, so that one snippet may draw several. */
  readonly cell?: Snippet<[Row, Column<Row>]>;
  /** Least width in px. */
  readonly width: number;
  /** Share of the space that is left; 1 unless said, 0 keeps the column at its width. */
  readonly grow?: number;
  /** Figures stand at the end. */
  readonly align?: 'start' | 'end';
  /** Stays in sight when others fold away. */
  readonly pinned?: boolean;
  readonly sortable?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Between a right-aligned figure and the next column. */
export const GAP = 16;
export const SELECT_WIDTH = 20;
/** Under this a row has two lines and no columns. */
export const NARROW = 560;

/** Heights of rows in px. */
export const ROW_HEIGHTS = { compact: 32, normal: 40, roomy: 52 } as const;
/** A column can be made as narrow and as wide as this. */
const LEAST_WIDTH = 60;
const MOST_WIDTH = 800;
export const withinWidths = (width: number): number => Math.round(Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH));

/** The columns that find room beside each other in `width` px; at least the first and those that stay. */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number): Column<Row>[] {
  const stays = (column: Column<Row>, i: number): boolean => i === 0 || column.pinned === true;
  const roomOf = ({ width }: Column<Row>, i: number): number => width + (i ? GAP : 0);
  let left = columns.reduce((room, column, i) => (stays(column, i) ? room - roomOf(column, i) : room), width);
  return columns.filter((column, i) => {
    if (stays(column, i)) return true;
    left -= roomOf(column, i);
    return left >= 0;
  });
}

/** Tracks of the rows' CSS grid. */
export function toTracks<Row>(columns: readonly Column<Row>[], selectable: boolean): string {
  const tracks = columns.map(({ width, grow = 1 }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`));
  return [...(selectable ? [`${SELECT_WIDTH}px`] : []), ...tracks].join(' ');
}

/** The next sort when a heading is pressed: up, down, and back to the list's own order. */
export function nextSort(column: string, sort: Sort | undefined): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

export type RowCommand =
  | { readonly kind: 'move'; readonly by: number; readonly extend: boolean }
  /** From cell to cell within the row. */
  | { readonly kind: 'cell'; readonly by: 1 | -1 }
  | { readonly kind: 'edit' | 'peek' | 'open' | 'toggle' | 'all' | 'clear' };

/**
 * What a key asks of a list. Letters work wherever nobody types; keys that buttons and links need too only where the
 * list itself has the focus.
 * @param page  rows that fit on the screen
 * @param letters  whether this person wants single letters to mean something
 */
export function toRowCommand(event: KeyboardEvent, focused: boolean, page: number, letters = true): RowCommand | undefined {
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) return focused && event.key === 'a' ? { kind: 'all' } : undefined;
  const move = (by: number): RowCommand => ({ kind: 'move', by, extend: event.shiftKey });
  if (event.key === 'Escape') return { kind: 'clear' };
  switch (letters && event.key.toLowerCase()) {
    case 'j':
      return move(1);
    case 'k':
      return move(-1);
    case 'x':
      return { kind: 'toggle' };
    case 'o':
      return { kind: 'open' };
  }
  if (!focused) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return move(1);
    case 'ArrowUp':
      return move(-1);
    case 'ArrowRight':
      return { kind: 'cell', by: 1 };
    case 'ArrowLeft':
      return { kind: 'cell', by: -1 };
    case 'F2':
      return { kind: 'edit' };
    case 'PageDown':
      return move(page);
    case 'PageUp':
      return move(-page);
    case 'Home':
      return move(-Infinity);
    case 'End':
      return move(Infinity);
    case 'Enter':
      return { kind: 'peek' };
    case ' ':
      return { kind: 'toggle' };
    default:
      return undefined;
  }
}
