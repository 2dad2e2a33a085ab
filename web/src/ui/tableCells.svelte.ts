import type { Column } from './table.ts';

/** What ends the editing of a cell: it goes on with the next or the one before, or stays where it was. */
export type EditorEnd = 'next' | 'previous' | 'stay' | 'left';

interface World<Row> {
  readonly columns: () => readonly Column<Row>[];
  /** The row that the user is on. */
  readonly row: () => Row | undefined;
  readonly isEditable: (row: Row, column: Column<Row>) => boolean;
  readonly focusGrid: () => void;
}

/** Which cell of the active row the user is on, and whether he is writing in it. */
export class TableCells<Row> {
  /** Id of its column; none: he is on the row as a whole. */
  column = $state<string>();
  editing = $state(false);
  readonly #world: World<Row>;

  constructor(world: World<Row>) {
    this.#world = world;
  }

  /** One cell to the side; to the left of the first is the row as a whole. */
  step(by: 1 | -1): boolean {
    const columns = this.#world.columns();
    if (this.#world.row() === undefined) return false;
    const next = columns.findIndex(({ id }) => id === this.column) + by;
    if (this.column === undefined && by < 0) return false;
    this.column = columns[Math.min(next, columns.length - 1)]?.id;
    return true;
  }

  /** Leaves the cells for the row. @returns whether there was one to leave */
  leave(): boolean {
    const was = this.column !== undefined;
    this.column = undefined;
    this.editing = false;
    return was;
  }

  /** Opens the cell for writing. @param anywhere  without a cell the first that can be written in */
  edit(anywhere: boolean): boolean {
    const row = this.#world.row();
    if (row === undefined) return false;
    const isOpen = (column: Column<Row>): boolean => this.#world.isEditable(row, column);
    const columns = this.#world.columns();
    const column = this.column === undefined && anywhere ? columns.find(isOpen) : columns.find(({ id }) => id === this.column);
    if (!column || !isOpen(column)) return false;
    this.column = column.id;
    this.editing = true;
    return true;
  }

  /** Opens that cell of the active row. */
  editAt(column: string): boolean {
    this.column = column;
    return this.edit(false);
  }

  end(how: EditorEnd): void {
    if (!this.editing) return;
    this.editing = false;
    if (how === 'left') return void (this.column = undefined);
    const row = this.#world.row();
    if (how !== 'stay' && row !== undefined) {
      const columns = this.#world.columns();
      const at = columns.findIndex(({ id }) => id === this.column);
      const rest = how === 'next' ? columns.slice(at + 1) : columns.slice(0, Math.max(at, 0)).toReversed();
      const next = rest.find((column) => this.#world.isEditable(row, column));
      if (next) {
        this.column = next.id;
        this.editing = true;
        return;
      }
    }
    this.#world.focusGrid();
  }
}
