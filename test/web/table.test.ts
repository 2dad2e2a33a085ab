import { describe, expect, it } from 'vitest';
import { Selection } from '../../web/src/ui/selection.svelte.ts';
import { fitColumns, nextSort, toRowCommand, toTracks, type Column } from '../../web/src/ui/table.ts';

const column = (id: string, width: number, more: Partial<Column<string>> = {}): Column<string> => ({
  id,
  title: id,
  text: (row) => row,
  width,
  ...more,
});
const columns = [column('a', 200), column('b', 100), column('c', 100, { grow: 0 })];

describe('columns', () => {
  it.each([
    [1000, 'abc'],
    [432, 'abc'],
    [431, 'ab'],
    [315, 'a'],
    [50, 'a'],
  ])('of %i px are %s', (width, shown) => {
    expect(
      fitColumns(columns, width)
        .map(({ id }) => id)
        .join(''),
    ).toBe(shown);
  });

  it('do not let a narrow one overtake a wider one that found no room', () => {
    expect(fitColumns([column('a', 200), column('b', 300), column('c', 10)], 260).map(({ id }) => id)).toEqual(['a']);
  });

  it('fold away around those that stay', () => {
    const kept = [column('a', 200), column('b', 100), column('c', 100, { pinned: true })];

    expect(fitColumns(kept, 320).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(fitColumns(kept, 100).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(fitColumns(kept, 432).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('become tracks of a grid', () => {
    expect(toTracks(columns, true)).toBe('20px minmax(200px, 1fr) minmax(100px, 1fr) 100px');
  });
});

describe('sorting', () => {
  it('goes up, down, and back to the list’s own order', () => {
    const up = nextSort('a', undefined);
    const down = nextSort('a', up);

    expect(up).toEqual({ column: 'a', descending: false });
    expect(down).toEqual({ column: 'a', descending: true });
    expect(nextSort('a', down)).toBeUndefined();
    expect(nextSort('b', down)).toEqual({ column: 'b', descending: false });
  });
});

describe('keys of a list', () => {
  const key = (name: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent => ({ key: name, ...more }) as KeyboardEvent;

  it.each(['j', 'k', 'x', 'o', 'Escape'])('%s works wherever nobody types', (name) => {
    expect(toRowCommand(key(name), false, 10)).toBeDefined();
  });

  it.each(['Enter', ' ', 'ArrowDown', 'ArrowRight', 'F2', 'Home'])(
    '%s belongs to buttons and links unless the list has the focus',
    (name) => {
      expect(toRowCommand(key(name), false, 10)).toBeUndefined();
      expect(toRowCommand(key(name), true, 10)).toBeDefined();
    },
  );

  it.each(['j', 'k', 'x', 'o'])('%s means nothing to who has switched single keys off, not even in the list', (name) => {
    expect(toRowCommand(key(name), true, 10, false)).toBeUndefined();
  });

  it('keeps arrows and Escape for them', () => {
    expect(toRowCommand(key('ArrowDown'), true, 10, false)).toMatchObject({ kind: 'move', by: 1 });
    expect(toRowCommand(key('Escape'), false, 10, false)).toEqual({ kind: 'clear' });
  });

  it('leaves the browser’s own combinations alone', () => {
    expect(toRowCommand(key('k', { ctrlKey: true }), true, 10)).toBeUndefined();
    expect(toRowCommand(key('ArrowDown', { altKey: true }), true, 10)).toBeUndefined();
    expect(toRowCommand(key('a', { metaKey: true }), true, 10)).toEqual({ kind: 'all' });
  });

  it('extends with Shift, by pages too', () => {
    expect(toRowCommand(key('J', { shiftKey: true }), false, 10)).toEqual({ kind: 'move', by: 1, extend: true });
    expect(toRowCommand(key('PageUp', { shiftKey: true }), true, 10)).toEqual({ kind: 'move', by: -10, extend: true });
  });
});

describe('a selection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];

  it('stretches from where it began, and shrinks again', () => {
    const selection = new Selection();
    selection.toggle('b');

    selection.extendTo('d', order);
    expect(selection.keys).toEqual(['b', 'c', 'd']);
    selection.extendTo('c', order);
    expect(selection.keys).toEqual(['b', 'c']);
    selection.extendTo('a', order);
    expect(selection.keys.toSorted()).toEqual(['a', 'b']);
  });

  it('keeps what was ticked before the range', () => {
    const selection = new Selection();
    selection.toggle('e');
    selection.toggle('a');

    selection.extendTo('b', order);

    expect(selection.keys.toSorted()).toEqual(['a', 'b', 'e']);
  });

  it('keeps what the list no longer shows', () => {
    const selection = new Selection();
    selection.toggle('gone');

    selection.extendTo('c', order);

    expect(selection.keys.toSorted()).toEqual(['c', 'gone']);
  });
});
