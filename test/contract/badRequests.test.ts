import { beforeAll, describe, expect, it, vi } from 'vitest';
import { segmentOf, type RecordDefinition, type Values } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { makeWorld, valuesFor, FIRM, RIVAL, type Seed, type World } from '../matrix/world.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../support/desk.ts';
import { everyRoute } from '../support/routes.ts';
import { visitorsOf, type Call } from '../support/visitors.ts';

interface Body {
  readonly id: string;
  readonly version: number;
  readonly code?: string;
  readonly issues?: readonly { readonly field: string; readonly code: string }[];
  readonly items: readonly { readonly id: string }[];
  readonly cursor?: string;
}

const routes = (await everyRoute()).flatMap((entry) => entry.routes);
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const TYPES = REGISTRY.map((definition) => [definition.name, definition] as const);
const opened = (operation: RecordDefinition['operations'][number]) => TYPES.filter(([, { operations }]) => operations.includes(operation));
const pathOf = (definition: RecordDefinition): string => `/${segmentOf(definition)}`;

const SITE = 'https://crm.test';
vi.stubEnv('PUBLIC_URL', SITE);

let world: World;
let call: Call<Body>;
beforeAll(async () => {
  const desk = deskOn(memoryDatabase());
  world = await makeWorld(desk);
  call = visitorsOf<Body>(routes, desk);
});

const seedsOf = (type: string): Seed[] => world.seeds.filter((seed) => seed.type === type);
/** A record that the owner may change, without changing who the callers of these tests are. */
const spareOf = ({ name, access }: RecordDefinition): string =>
  seedsOf(name).findLast(({ holder }) => access.group !== 'personal' || holder === world.memberOf('owner'))!.id;

/** Values of a new record of that type that the product accepts. */
let made = 0;
const valid = (definition: RecordDefinition): Values => {
  made += 1;
  const values = valuesFor(definition, FIRM, 1);
  if (definition.name === 'customField') values['key'] = `key${made}`;
  for (const [name, field] of Object.entries(definition.fields))
    if (field.unique && field.kind === 'text' && !field.readOnly) values[name] = `no${made}`;
  return values;
};
const create = (definition: RecordDefinition, body: unknown, as = 'owner') =>
  call('POST', `${pathOf(definition)}?allowDuplicate=true`, { as, body });
async function change(definition: RecordDefinition, id: string, body: unknown, as = 'owner') {
  const path = `${pathOf(definition)}/${id}`;
  const { body: now } = await call('GET', path, { as: 'owner' });
  return call('PATCH', path, { as, body, headers: { 'if-match': String(now.version) } });
}

describe('every route that takes a body', () => {
  const deep = (open: string, close: string) => `${open.repeat(1000)}1${close.repeat(1000)}`;
  const BODIES: Readonly<Record<string, string>> = {
    'more than a megabyte': JSON.stringify({ name: 'x'.repeat(1_000_001) }),
    'a thousand objects in each other': deep('{"a":', '}'),
    'a thousand lists in each other': deep('[', ']'),
    'no JSON': '{"name":',
    'a list': '[]',
    'a number': '7',
    nothing: 'null',
  };
  const taking = routes.filter(({ method }) => method === 'POST' || method === 'PATCH').map((route) => [nameOf(route), route] as const);

  it.each(taking)('%s refuses what is none', async (_name, route) => {
    const path = route.path.replace(/\{\w+\}/g, 'cus_00000000000000000000000001');
    const statuses = await Promise.all(
      Object.entries(BODIES).map(
        async ([what, raw]) => [what, (await call(route.method, path, { as: 'owner', raw, headers: { 'if-match': '1' } })).status] as const,
      ),
    );

    expect(statuses.filter(([, status]) => status < 400 || status >= 500)).toEqual([]);
  });
});

describe.each(opened('update'))('a change of a %s', (_name, definition) => {
  it.each([
    ['no version', undefined, 428, 'version.missing'],
    ['an empty version', '', 400, 'input.invalid'],
    ['a version that is no number', 'one', 400, 'input.invalid'],
    ['a version below one', '0', 400, 'input.invalid'],
    ['any version', '*', 400, 'input.invalid'],
    ['two versions', '1, 2', 400, 'input.invalid'],
    ['a version that has not been', '99', 409, 'record.stale'],
  ])('is refused from %s', async (_what, version, status, code) => {
    const path = `${pathOf(definition)}/${spareOf(definition)}`;
    const headers: Record<string, string> = version === undefined ? {} : { 'if-match': version };
    const methods = definition.operations.includes('remove') ? ['PATCH', 'DELETE'] : ['PATCH'];

    for (const method of methods)
      expect(await call(method, path, { as: 'owner', headers, body: {} }), method).toMatchObject({ status, body: { code } });
  });

  it('never takes what the product keeps to itself', async () => {
    const kept = {
      tenant: 'x',
      version: 9,
      createdAt: 'x',
      createdBy: 'x',
      updatedAt: 'x',
      updatedBy: 'x',
      derived: {},
      pk: 'x',
      type: 'x',
      summary: {},
      nonsense: 1,
    };
    const own = Object.fromEntries(Object.entries(definition.fields).flatMap(([field, { readOnly }]) => (readOnly ? [[field, 'x']] : [])));
    const names = Object.keys({ ...kept, ...own }).filter((field) => own[field] !== undefined || !(field in definition.fields));

    const answer = await change(definition, spareOf(definition), { ...kept, ...own });

    expect(answer.status).toBe(400);
    expect(answer.body.issues).toEqual(expect.arrayContaining(names.map((field) => ({ field, code: 'field.unknown' }))));
  });
});

describe.each(opened('create'))('a new %s', (_name, definition) => {
  it('never takes an id of another type, of another shape or with a key inside', async () => {
    const ids = ['x', idOf('zzz', 1), `${idOf(definition.idPrefix, 1)}#A`, `T#${RIVAL}#x`, 7, { $ne: 1 }];

    const answers = await Promise.all(ids.map(async (id) => (await create(definition, { ...valid(definition), id })).body.issues));

    expect(answers).toEqual(ids.map(() => [{ field: 'id', code: 'id.invalid' }]));
  });

  it('is refused whole, each of its faults named', async () => {
    const required = Object.entries(definition.fields).filter(([, field]) => field.required && !field.readOnly);

    const answer = await create(definition, { nonsense: 1 });

    expect(answer.status).toBe(400);
    expect(answer.body.issues).toEqual(
      expect.arrayContaining([
        ...required.map(([field]) => ({ field, code: 'field.required' })),
        { field: 'nonsense', code: 'field.unknown' },
      ]),
    );
  });
});

/** What people, machines and attackers put where something else belongs. */
const HOSTILE: readonly unknown[] = [
  ...[
    '',
    '   ',
    '\u0000',
    'a\u0007b',
    '\ud800',
    'a\u202eb',
    '\u200b',
    'e\u0301',
    '=1+1',
    '<script>alert(1)</script>',
    "'; DROP TABLE x",
    '__proto__',
  ],
  ...[
    `T#${RIVAL}#x`,
    '../..',
    'a\r\nBcc: x@y.test',
    'NaN',
    '1e400',
    '0000-00-00',
    '9999-12-31',
    '2024-02-30',
    '2024-01-01T24:00:00Z',
    'Mars/Base',
    'XXX',
  ],
  ...[
    '"a b"@c.test',
    'a@b',
    'a@b.test.',
    '+86 VANITY',
    'javascript:alert(1)',
    'http://169.254.169.254/',
    'x'.repeat(11_000),
    '字'.repeat(11_000),
    'x'.repeat(500_000),
  ],
  ...[true, 0, -1, 1e308, 2 ** 53 + 2, 0.1 + 0.2, [], [[]], [null], ['a', 'a'], new Array(1001).fill('x'), {}, { a: { b: {} } }],
  ...[
    { minor: 0.5, currency: 'CNY' },
    { minor: 1, currency: 'XXX' },
    JSON.parse('{"__proto__":{"a":1}}') as unknown,
    { constructor: { prototype: {} } },
  ],
];
/** What no stored text may hold: controls but for line ends and tabs, and overrides of direction. */
const REFUSED = /[\p{Cc}\p{Cs}\u202a-\u202e]/u;
const textsIn = (value: unknown): string =>
  typeof value === 'string'
    ? value.replace(/[\r\n\t]/g, '')
    : value && typeof value === 'object'
      ? Object.values(value).map(textsIn).join('')
      : '';

const writable = TYPES.flatMap(([name, definition]) =>
  definition.operations.some((operation) => operation === 'create' || operation === 'update')
    ? Object.entries(definition.fields).flatMap(([field, { readOnly }]) =>
        readOnly ? [] : [[`${name}.${field}`, definition, field] as const],
      )
    : [],
);
/** There is one for each type or list, and the world has it. */
const ONE_OF_EACH = new Set(['valueList', 'recordForm']);

describe('hostile values', () => {
  it.each(writable)('for %s are refused by name, or kept as they were understood', async (_what, definition, field) => {
    const creates = definition.operations.includes('create') && !ONE_OF_EACH.has(definition.name);
    for (const value of HOSTILE) {
      const said = JSON.stringify(value).slice(0, 80);
      const answer = creates
        ? await create(definition, { ...valid(definition), [field]: value })
        : await change(definition, spareOf(definition), { [field]: value });

      expect([200, 201, 400], `${said}: ${JSON.stringify(answer.body).slice(0, 300)}`).toContain(answer.status);
      if (answer.status === 400) {
        // A rule over several fields names the one that it holds to be wrong.
        expect(
          answer.body.issues?.every((issue) => issue.field.split('.')[0]! in definition.fields),
          said,
        ).toBe(true);
        continue;
      }
      const { body } = await call('GET', `${pathOf(definition)}/${answer.body.id}`, { as: 'owner' });
      expect(body, said).toEqual(answer.body);
      expect(REFUSED.test(textsIn((body as unknown as Values)[field])), said).toBe(false);
    }
  });
});

const references = TYPES.flatMap(([name, definition]) =>
  definition.operations.includes('create')
    ? Object.entries(definition.fields).flatMap(([field, { kind, readOnly, ...rest }]) => {
        const { to } = rest as { to?: string };
        return to && REGISTRY.some((each) => each.name === to) && !readOnly
          ? [[`${name}.${field}`, definition, field, kind, to] as const]
          : [];
      })
    : [],
);
describe('references', () => {
  it.each(references)(
    'of %s lead to records of their type that the writer may read, and nowhere else',
    async (_what, definition, field, kind, to) => {
      const target = REGISTRY.find((each) => each.name === to)!;
      const other = world.seeds.find(({ type }) => type !== to)!.id;
      const rival = world.rivals.find(({ type }) => type === to)!.id;
      const value = (id: string) => (kind === 'refs' ? [id] : id);
      const codesOf = async (id: string, as = 'owner') => {
        const { status, body } = await create(definition, { ...valid(definition), [field]: value(id) }, as);
        return status === 400 ? body.issues?.map((issue) => `${issue.field.split('.')[0]!} ${issue.code}`) : status;
      };

      expect(await codesOf(seedsOf(to)[0]!.id)).toBe(201);
      for (const id of [rival, idOf(target.idPrefix, 250)]) expect(await codesOf(id), id).toEqual([`${field} ref.notFound`]);
      expect(await codesOf(other)).toEqual([expect.stringMatching(`^${field} ref\\.(notFound|invalid)$`)]);
      expect(await change(definition, spareOf(definition), { [field]: value(rival) })).toMatchObject({
        status: 400,
        body: { issues: [{ code: 'ref.notFound' }] },
      });
    },
  );

  it('to what stands out of reach are answered like those to nothing', async () => {
    const contact = REGISTRY.find(({ name }) => name === 'contact')!;
    const customerOf = (name: string) => world.seeds.find(({ type, holder }) => type === 'customer' && holder === world.memberOf(name))!.id;
    const tried = async (customerId: string) => {
      const { status, body } = await create(contact, { ...valid(contact), customerId }, 'sales');
      return { status, code: body.code, issues: body.issues };
    };

    expect((await tried(customerOf('sales'))).status).toBe(201);
    expect(await tried(customerOf('stranger'))).toEqual(await tried(idOf('cus', 250)));
  });
});

describe('cursors', () => {
  const paged = async (as: string, path: string) => {
    const { body } = await call('GET', path, { as });
    return body.cursor;
  };
  const flipped = (cursor: string, at: number): string => `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;

  it.each(TYPES)('of lists of %s serve their holder and nobody else', async (name, definition) => {
    const path = `${pathOf(definition)}?limit=1`;
    const cursor = await paged('owner', path);
    if (cursor === undefined)
      return expect(seedsOf(name).filter((seed) => seed.holder === undefined || seed.holder === world.memberOf('owner'))).toHaveLength(1);
    const use = async (as: string, given: string, on = path) =>
      (await call('GET', `${on}&cursor=${encodeURIComponent(given)}`, { as })).status;
    const [payload = '', mac = ''] = cursor.split('.');
    const [otherPayload] = (await paged('administrator', path))!.split('.');

    expect(await use('owner', cursor)).toBe(200);
    const forged = [
      ...Array.from({ length: cursor.length }, (_, at) => flipped(cursor, at)),
      ...[
        '.',
        'x',
        payload,
        `${payload}.`,
        `.${mac}`,
        `${cursor}.x`,
        `${cursor}A`,
        `${otherPayload}.${mac}x`,
        'null',
        '{}',
        'x'.repeat(5000),
      ],
    ];
    expect((await Promise.all(forged.map((each) => use('owner', each)))).filter((status) => status !== 400)).toEqual([]);
    expect([await use('administrator', cursor), await use(`${RIVAL}-owner`, cursor)]).toEqual([400, 400]);
    if (definition.paths.owner) expect(await use('owner', cursor, `${path}&owner=me`)).toBe(400);
    const other = TYPES.find(([type]) => type !== name)![1];
    expect(await use('owner', cursor, `${pathOf(other)}?limit=1`)).toBe(400);
  });

  it('of lists are none of histories', async () => {
    const cursor = await paged('owner', '/customers?limit=1');

    for (const part of ['history', 'timeline'])
      expect(
        await call('GET', `/customers/${spareOf(definitionOf('customer'))}/${part}?cursor=${encodeURIComponent(cursor!)}`, { as: 'owner' }),
      ).toMatchObject({
        status: 400,
        body: { code: 'cursor.invalid' },
      });
  });
});

describe('a token', () => {
  it.each([
    ['of another use', { token_use: 'id' }],
    ['without a person', { sub: '' }],
    ['of no use at all', { token_use: undefined }],
  ])('%s opens nothing', async (_what, claims) => {
    expect(await call('GET', '/session', { as: 'owner', claims })).toMatchObject({ status: 401, body: { code: 'auth.token' } });
  });
});
