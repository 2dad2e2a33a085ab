import { expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { tells, twinsOf } from '../../web/src/records/twins.ts';

const contact = definitionOf('contact');
const at = '2026-03-02T02:00:00.000Z';
const stored = (id: string, values: Values): AnyRecord => ({
  ...{ id, version: 1, createdAt: at, createdBy: 'mem_1', updatedAt: at, updatedBy: 'mem_1' },
  ...values,
});
const rows = [
  stored('con_1', { name: 'Li Lei', phones: ['+8613800138000'] }),
  stored('con_2', { name: 'Han Meimei', emails: ['han@tea.example'] }),
  stored('con_3', { name: 'Anna' }),
];

it.each<[string, Values, string[]]>([
  ['the same name in other letters', { name: ' li LEI ' }, ['con_1']],
  ['the same number, written otherwise', { phones: ['138 0013 8000'] }, ['con_1']],
  ['the same address, written otherwise', { emails: ['Han@Tea.example'] }, ['con_2']],
  ['a name and an address of two', { name: 'Anna', emails: ['han@tea.example'] }, ['con_2', 'con_3']],
  ['the beginning of a name', { name: 'Li' }, []],
  ['nothing yet', { name: '', phones: [] }, []],
])('of %s', (_what, values, ids) => {
  expect(twinsOf(contact, values, rows).map(({ id }) => id)).toEqual(ids);
});

it('says which fields tell who a record is', () => {
  expect(Object.keys(contact.fields).filter((name) => tells(contact, name))).toEqual(['name', 'phones', 'emails']);
});
