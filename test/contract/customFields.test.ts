import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { csvToInputs, readCsv, recordsToCsv } from '../../shared/kernel/csv.ts';
import { CUSTOM_KINDS, withCustomFields, type CustomField } from '../../shared/kernel/customFields.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { toPredicate } from '../../shared/kernel/filter.ts';
import { segmentOf, type AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { routes as activityRoutes } from '../../functions/activities/routes.ts';
import { routes as customerRoutes } from '../../functions/customers/routes.ts';
import { routes as leadRoutes } from '../../functions/leads/routes.ts';
import { routes as salesRoutes } from '../../functions/sales/routes.ts';
import { commitPlan, createRecord } from '../../functions/records/operations.ts';
import type { HistoryRow } from '../../functions/records/past.ts';
import { putMembership } from '../../functions/table/entry.ts';
import { routes as workspaceRoutes } from '../../functions/workspace/routes.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf, sampleValues, type Desk } from '../support/desk.ts';
import { NOW, visitorsOf, type Call } from '../support/visitors.ts';

const TENANT = 'firm';
/** A member asks again after half a minute what fields there are. */
const LATER = NOW + 31_000;
const KEYED = CUSTOM_KINDS.map((kind) => [kind, `own${kind[0]!.toUpperCase()}${kind.slice(1)}`] as const);
const OPTIONS = ['gold', 'silver'].map((key) => ({ key, label: { en: key, zh: `${key} 级` } }));

interface Body extends AnyRecord {
  readonly items: readonly (AnyRecord & HistoryRow)[];
  readonly shape: { readonly customFields: CustomField[] };
  readonly issues: readonly { readonly field: string; readonly code: string }[];
}
let desk: Desk;
let call: Call<Body>;
beforeAll(async () => {
  desk = deskOn(memoryDatabase());
  const owner = DEFAULT_ROLES.find(({ key }) => key === 'owner')!;
  await commitPlan(
    { ...desk.as(TENANT, 0), actor: SYSTEM_ACTOR },
    {
      writes: [
        { op: 'create', type: 'role', id: idOf('rol', 1), values: { key: owner.key, name: 'Owner', rights: owner.rights } },
        {
          ...{ op: 'create', type: 'member', id: idOf('mem', 1) },
          values: { name: 'Olga', email: 'olga@firm.test', roleId: idOf('rol', 1), status: 'active', subject: 'sub-olga' },
        },
      ],
    },
  );
  await putMembership(desk.db, 'sub-olga', { tenant: TENANT, memberId: idOf('mem', 1) });
  call = visitorsOf<Body>([...customerRoutes, ...leadRoutes, ...salesRoutes, ...activityRoutes, ...workspaceRoutes], desk);
});

describe.each(REGISTRY.filter(({ customizable }) => customizable).map((definition) => [definition.name, definition] as const))(
  'own fields of a %s',
  (name, declared) => {
    let made: AnyRecord;
    let other: AnyRecord;
    let definition: typeof declared;
    const path = `/${segmentOf(declared)}`;
    const as = { as: 'olga', at: LATER };
    const sampleOf = (key: string, n: number): unknown => {
      const field = definition.fields[`x_${key}`]!;
      return kindOf(field).sample(field, n);
    };

    beforeAll(async () => {
      for (const [fieldKind, key] of KEYED) {
        const labels = { nameEn: `My ${fieldKind} of ${name}`, nameZh: `我的 ${fieldKind}` };
        const options = fieldKind === 'choice' || fieldKind === 'choices' ? { options: OPTIONS } : {};
        const answer = await call('POST', '/custom-fields', {
          as: 'olga',
          body: { on: name, key, fieldKind, searchable: true, ...labels, ...options },
        });
        expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      }
      const { customFields } = (await call('GET', '/session', as)).body.shape;
      definition = withCustomFields(declared, customFields);
      const parent = declared.fields['customerId']?.required
        ? { customerId: (await call('POST', '/customers', { ...as, body: { name: `Parent of ${name}` } })).body.id }
        : {};
      const bodyOf = (n: number) => ({
        ...{ ...sampleValues(declared, n, { all: false }), ...parent },
        ...Object.fromEntries(KEYED.map(([, key]) => [`x_${key}`, sampleOf(key, n)])),
      });
      [made, other] = (await Promise.all([1, 2].map((n) => call('POST', `${path}?allowDuplicate=true`, { ...as, body: bodyOf(n) })))).map(
        ({ status, body }) => {
          expect(status, JSON.stringify(body)).toBe(201);
          return body;
        },
      ) as [Body, Body];
      for (const { id } of [made, other]) {
        const ctx = desk.as(TENANT, 1, { customFields });
        await desk.followed(ctx, undefined, await desk.itemOf(ctx, name, id));
      }
    });

    it.each(KEYED)('of kind %s are written, read, listed and kept in the history', async (_kind, key) => {
      const value = sampleOf(key, 1);

      expect((await call('GET', `${path}/${made.id}`, as)).body[`x_${key}`]).toEqual(value);
      expect((await call('GET', path, as)).body.items.find(({ id }) => id === made.id)?.[`x_${key}`]).toEqual(value);
      expect((await call('GET', `${path}/${made.id}/history`, as)).body.items[0]?.changes[`x_${key}`]).toEqual({ to: value });
    });

    it.each(KEYED)('of kind %s are filtered by', async (_kind, key) => {
      const field = definition.fields[`x_${key}`]!;
      const [atom] = kindOf(field).atoms(sampleOf(key, 1) as never);
      const op = (['is', 'contains', 'gte'] as const).find((each) => kindOf(field).operators.includes(each))!;
      const filter = { field: `x_${key}`, op, value: atom! };
      const matching = [made, other].filter(toPredicate(definition, filter));

      const { body } = await call('POST', `${path}/query`, { ...as, body: { filter } });

      expect(body.items.map(({ id }) => id).sort()).toEqual(matching.map(({ id }) => id).sort());
      expect(matching).toContain(made);
    });

    it.each(KEYED.filter(([kind]) => ['text', 'longText', 'email', 'phone', 'url', 'tags'].includes(kind)))(
      'of kind %s are searched',
      async (_kind, key) => {
        const value = sampleOf(key, 2);
        const asked = String(Array.isArray(value) ? value[0] : value);

        const { body } = await call('GET', `/search?q=${encodeURIComponent(asked.slice(0, 200))}`, as);

        expect(body.items.map(({ id }) => id)).toContain(other.id);
      },
    );

    it('come back from the csv of the list as they went', () => {
      const csv = recordsToCsv(definition, [made, other], { locale: 'zh-CN' });

      const { inputs, unknown } = csvToInputs(definition, readCsv(csv)!);

      expect(unknown).toEqual([]);
      for (const [i, record] of [made, other].entries())
        for (const [, key] of KEYED) {
          const field = definition.fields[`x_${key}`]!;
          const parsed = kindOf(field).schema(field).parse(inputs[i]![`x_${key}`]);
          expect(parsed, key).toEqual(record[`x_${key}`]);
        }
    });

    it('are cleared, and refused where they are none', async () => {
      const [, key] = KEYED[0]!;
      const change = (body: object) => call('PATCH', `${path}/${made.id}`, { ...as, headers: { 'if-match': String(made.version) }, body });

      expect(await change({ x_unheardOf: 1 })).toMatchObject({
        status: 400,
        body: { issues: [{ field: 'x_unheardOf', code: 'field.unknown' }] },
      });
      const { body } = await change({ [`x_${key}`]: null });
      expect(body[`x_${key}`]).toBeUndefined();
    });

    it('are another workspace’s unknown', async () => {
      const stranger = desk.as('elsewhere', 1);

      await expect(
        createRecord(stranger, name, { ...sampleValues(definitionOf(name), 3, { all: false }), x_ownText: 'x' }),
      ).rejects.toMatchObject({
        issues: expect.arrayContaining([{ field: 'x_ownText', code: 'field.unknown' }]),
      });
    });
  },
);

describe('a key of an own field', () => {
  it('is given once, also to two administrators at the same time', async () => {
    const body = { on: 'customer', key: 'rank', fieldKind: 'text', nameEn: 'Rank', nameZh: '等级' };

    const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/custom-fields', { as: 'olga', body })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });
});
