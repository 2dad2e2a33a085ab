import { beforeAll, describe, expect, it } from 'vitest';
import { forReader, toPredicate, type Filter } from '../../shared/kernel/filter.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import type { Context } from '../../functions/records/context.ts';
import { listRecords } from '../../functions/records/list.ts';
import { toItem } from '../../functions/records/item.ts';
import { secretOf } from '../../functions/table/entry.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf, sampleValues, type Desk } from '../support/desk.ts';
import { fc, runs } from '../support/properties.ts';

const RECORDS = 60;
const OWNERS = 5;
let desk: Desk;
let secret: Buffer;
beforeAll(async () => {
  desk = deskOn(memoryDatabase());
  secret = await secretOf(desk.db, 'cursor');
});

/** Records of a type, every third field left out here and there, owned by five people in turn. */
function recordsOf(definition: RecordDefinition): AnyRecord[] {
  return Array.from({ length: RECORDS }, (_, n) => {
    const values = Object.entries(sampleValues(definition, n)).filter(([name], i) => (n + i) % 3 > 0 || definition.fields[name]!.required);
    return {
      ...{ id: idOf(definition.idPrefix, n), version: 1, ...(definition.paths.owner ? { ownerId: idOf('mem', n % OWNERS) } : {}) },
      ...{
        createdAt: `2026-03-0${1 + (n % 9)}T08:00:00.000Z`,
        createdBy: idOf('mem', 1),
        updatedAt: '2026-03-10T08:00:00.000Z',
        updatedBy: idOf('mem', 2),
      },
      ...Object.fromEntries(values),
    };
  });
}

/** A filter over the type's own fields, two groups deep at most, asking for values that some records have. */
function filtersOver(definition: RecordDefinition): fc.Arbitrary<Filter> {
  const names = Object.keys(definition.fields).filter((name) => kindOf(definition.fields[name]!).operators.length > 0);
  const condition = fc.constantFrom(...names).chain((name): fc.Arbitrary<Filter> => {
    const field = definition.fields[name]!;
    const kind = kindOf(field);
    const atoms = [0, 1, 2, 7, 41].flatMap((n) => [...kind.atoms(kind.sample(field, n))]);
    return fc.constantFrom(...kind.operators).chain((op): fc.Arbitrary<Filter> => {
      if (op === 'empty' || op === 'notEmpty') return fc.constant({ field: name, op });
      if (op === 'within')
        return fc.constantFrom('thisYear', 'last:30', 'before:1', 'overdue').map((value) => ({ field: name, op, value }));
      if (op === 'in') return fc.subarray(atoms, { minLength: 1 }).map((value) => ({ field: name, op, value }));
      const asked = op === 'contains' || op === 'startsWith' ? atoms.map((atom) => String(atom).slice(0, 3)) : atoms;
      return fc.constantFrom(...asked).map((value) => ({ field: name, op, value }));
    });
  });
  const group = fc.array(condition, { maxLength: 3 });
  return fc.oneof(
    condition,
    group.map((all) => ({ all })),
    group.map((any) => ({ any: [...any, { all: any }] })),
  );
}

async function everyPage(ctx: Context, name: string, filter: Filter | undefined, limit: number): Promise<AnyRecord[]> {
  const found: AnyRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(ctx, secret, name, { limit, ...(filter ? { filter } : {}), ...(cursor ? { cursor } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

describe.each(REGISTRY.map((definition) => [definition.name, definition] as const))('a filter of %s', (name, definition) => {
  it('answers over any pages what its predicate answers over all records in reach, each once', async () => {
    const tenant = `filter-${name}`;
    const records = recordsOf(definition);
    await desk
      .as(tenant, 1)
      .table.writeMany(records.map((record) => ({ put: toItem(definition, record, { requestId: 'r', writeId: 'w' }) })));
    const readers = [
      { ctx: () => desk.as(tenant, 1), owners: undefined },
      { ctx: () => desk.as(tenant, 1, { reach: 'span', span: [2, 3] }), owners: [1, 2, 3].map((n) => idOf('mem', n)) },
      { ctx: () => desk.as(tenant, 1, { reach: 'own' }), owners: [idOf('mem', 1)] },
    ];

    await fc.assert(
      fc.asyncProperty(
        filtersOver(definition),
        fc.constantFrom(...readers),
        fc.integer({ min: 1, max: 40 }),
        async (filter, reader, limit) => {
          const { owners } = reader;
          const { actor, now, home } = reader.ctx();
          const matches = toPredicate(
            definition,
            forReader(definition, filter, { memberId: actor.memberId, now, zone: home.zone, yearStart: 1 }),
          );
          const holder = (record: AnyRecord) => (definition.access.self ? record.id : record.ownerId);
          const expected = records.filter((record) => matches(record) && (!owners || owners.includes(holder(record) ?? '')));

          const found = await everyPage(reader.ctx(), name, filter, limit);

          expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        },
      ),
      runs(60),
    );
  });
});
