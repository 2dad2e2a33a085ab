import { describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import {
  append,
  decide,
  discard,
  done,
  nextToSend,
  refuse,
  retry,
  take,
  type Line,
  type WaitingEdit,
} from '../../web/src/kernel/outbox/queue.ts';
import type { Edit } from '../../web/src/kernel/replica/send.ts';

const tea = { id: 'cus_1', version: 1, name: 'Tea', size: 'small' } as unknown as AnyRecord;
let at = 0;
const waits = (edit: Edit, more: Partial<WaitingEdit> = {}): WaitingEdit => ({ edit, title: '', at: ++at, isTried: false, ...more });
const create = (key: string, id: string, values: Values = {}): Edit => ({ kind: 'create', key, type: 'customer', id, values });
const update = (key: string, id: string, change: Values, seen = tea): Edit => ({ kind: 'update', key, type: 'customer', id, change, seen });
const remove = (key: string, id: string, version = 1): Edit => ({ kind: 'remove', key, type: 'customer', id, version });
const restore = (key: string, id: string, version = 2): Edit => ({ kind: 'restore', key, type: 'customer', id, version });
const line = (...edits: Edit[]): Line => edits.map((edit) => waits(edit));
const keys = (all: Line): string[] => all.map(({ edit }) => edit.key);
const refusal = { status: 400, code: 'input.invalid', params: {}, issues: [] };

describe('what is put into the line', () => {
  it.each<[string, Edit[], Edit, Edit[]]>([
    [
      'another record',
      [update('a', 'cus_1', { name: 'X' })],
      update('b', 'cus_2', { name: 'Y' }),
      [update('a', 'cus_1', { name: 'X' }), update('b', 'cus_2', { name: 'Y' })],
    ],
    [
      'a second change of a record',
      [update('a', 'cus_1', { name: 'X' })],
      update('b', 'cus_1', { size: 'large' }),
      [update('a', 'cus_1', { name: 'X', size: 'large' })],
    ],
    ['a change that is taken back', [update('a', 'cus_1', { name: 'X' })], update('b', 'cus_1', { name: 'Tea' }), []],
    [
      'a change that is taken back in part',
      [update('a', 'cus_1', { name: 'X', phone: '1' })],
      update('b', 'cus_1', { phone: null }),
      [update('a', 'cus_1', { name: 'X' })],
    ],
    [
      'a change of a record that is new itself',
      [create('a', 'cus_1', { name: 'X', size: 'small' })],
      update('b', 'cus_1', { size: null }),
      [create('a', 'cus_1', { name: 'X' })],
    ],
    ['the removal of a record that is new itself', [create('a', 'cus_1')], remove('b', 'cus_1'), []],
    ['a removal that is taken back', [remove('a', 'cus_1')], restore('b', 'cus_1'), []],
    [
      'a removal after a change',
      [update('a', 'cus_1', { name: 'X' })],
      remove('b', 'cus_1'),
      [update('a', 'cus_1', { name: 'X' }), remove('b', 'cus_1')],
    ],
  ])('%s', (_name, before, next, after) => {
    expect(append(line(...before), waits(next)).map(({ edit }) => edit)).toEqual(after);
  });

  it.each<[string, Partial<WaitingEdit>]>([
    ['may have arrived', { isTried: true }],
    ['the server has refused', { refusal }],
  ])('is put into none that %s', (_name, more) => {
    const before = [waits(update('a', 'cus_1', { name: 'X' }), more)];

    expect(keys(append(before, waits(update('b', 'cus_1', { name: 'Tea' }))))).toEqual(['a', 'b']);
    expect(keys(append([waits(create('a', 'cus_1'), more)], waits(remove('b', 'cus_1'))))).toEqual(['a', 'b']);
  });
});

describe('the next to be sent', () => {
  it('is the oldest', () => {
    expect(nextToSend(line(create('a', 'cus_1'), update('b', 'cus_2', {})))?.edit.key).toBe('a');
    expect(nextToSend([])).toBeUndefined();
  });

  it('is not one that was set aside, nor what was done later to the same record', () => {
    const all = refuse(line(update('a', 'cus_1', {}), remove('b', 'cus_1'), update('c', 'cus_2', {})), 'a', refusal);

    expect(nextToSend(all)?.edit.key).toBe('c');
  });

  it('waits for the record that it refers to and that could not be made, over any number of steps', () => {
    const all = refuse(
      line(
        create('a', 'cus_1'),
        create('b', 'con_1', { customerId: 'cus_1' }),
        create('c', 'act_1', { contactIds: ['con_1'] }),
        create('d', 'cus_9'),
      ),
      'a',
      refusal,
    );

    expect(nextToSend(all)?.edit.key).toBe('d');
  });
});

it('what was done later to a record follows the version that was made', () => {
  const all = done(line(update('a', 'cus_1', {}), remove('b', 'cus_1', 1), restore('c', 'cus_1', 2), remove('d', 'cus_2', 1)), 'a', 7);

  expect(all.map(({ edit }) => [edit.key, 'version' in edit && edit.version])).toEqual([
    ['b', 7],
    ['c', 7],
    ['d', 1],
  ]);
});

describe('a conflict', () => {
  const theirs = { ...tea, version: 5, name: 'Black tea' } as AnyRecord;
  const conflict = { type: 'customer', fields: ['name'], mine: { name: 'X', size: 'large' }, theirs, rest: { size: 'large' } };
  const all = [waits(update('a', 'cus_1', { name: 'X', size: 'large' }), { conflict, isTried: true })];

  it.each([
    ['mine', { name: 'X', size: 'large' }],
    ['theirs', { size: 'large' }],
  ] as const)('that is decided goes on with what counts: %s', (whose, change) => {
    const [one] = decide(all, 'a', whose);

    expect(one?.edit).toMatchObject({ change, seen: theirs });
    expect(nextToSend(decide(all, 'a', whose))?.edit.key).toBe('a');
  });

  it('of which nothing of mine is left is over', () => {
    expect(decide([waits(update('a', 'cus_1', { name: 'X' }), { conflict: { ...conflict, rest: {} } })], 'a', 'theirs')).toEqual([]);
  });
});

it('sent again, a removal is of the version that the refusal told of', () => {
  const all = refuse(line(remove('a', 'cus_1', 1)), 'a', { ...refusal, params: { version: 4 } });

  expect(retry(all, 'a')[0]).toMatchObject({ edit: { version: 4 } });
  expect(nextToSend(retry(all, 'a'))).toBeDefined();
});

it('with a record that is not to be made goes what was done to it, and nothing else', () => {
  const all = line(create('a', 'cus_1'), remove('b', 'cus_1'), create('c', 'con_1', { customerId: 'cus_1' }));

  expect(keys(discard(all, 'a'))).toEqual(['c']);
  expect(keys(discard(all, 'b'))).toEqual(['a', 'c']);
});

it('what is being sent takes nothing more in', () => {
  const all = take(line(update('a', 'cus_1', { name: 'X' })), 'a');

  expect(keys(append(all, waits(update('b', 'cus_1', { name: 'Y' }))))).toEqual(['a', 'b']);
});
