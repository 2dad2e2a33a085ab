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

/** The columns that find room beside each other in `width` px; at least the first. */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number): Column<Row>[] {
  let left = width;
  return columns.filter((column, i) => {
    left -= column.width + (i ? GAP : 0);
    return i === 0 || left >= 0;
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
  | { readonly kind: 'peek' | 'open' | 'toggle' | 'all' | 'clear' };

/**
 * What a key asks of a list. Letters work wherever nobody types; keys that buttons and links need too only where the
 * list itself has the focus.
 * @param page  rows that fit on the screen
 */
export function toRowCommand(event: KeyboardEvent, focused: boolean, page: number): RowCommand | undefined {
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) return focused && event.key === 'a' ? { kind: 'all' } : undefined;
  const move = (by: number): RowCommand => ({ kind: 'move', by, extend: event.shiftKey });
  switch (event.key.toLowerCase()) {
    case 'j':
      return move(1);
    case 'k':
      return move(-1);
    case 'x':
      return { kind: 'toggle' };
    case 'o':
      return { kind: 'open' };
    case 'escape':
      return { kind: 'clear' };
  }
  if (!focused) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return move(1);
    case 'ArrowUp':
      return move(-1);
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
