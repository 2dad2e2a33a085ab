/** Workspaces to work in: roles, departments, people, own fields; written through the product itself, in calm weather. */
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { LINE_EXAMPLE } from '../../shared/sales/lines.ts';
import { PROJECT_STAGES } from '../../shared/sales/stages.ts';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { toInstant } from '../../shared/kernel/dates.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';
import type { Context } from '../../functions/records/context.ts';
import { openFormDoor } from '../../functions/leads/formDoor.ts';
import { markDemo } from '../../functions/records/clearing.ts';
import { commitPlan } from '../../functions/records/operations.ts';
import { putMembership } from '../../functions/table/entry.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import type { World } from './world.ts';

/** Somebody who works in a workspace. */
export interface Person {
  readonly tenant: string;
  readonly memberId: string;
  readonly subject: string;
  readonly role: string;
}

export interface Firm {
  readonly tenant: string;
  readonly zone: string;
  readonly isDemo: boolean;
  readonly people: readonly Person[];
  /** Public ids of its web forms. */
  readonly forms: readonly string[];
}

/** Department 0 is above 1 and 2. */
const STAFF: readonly (readonly [name: string, role: string, department?: number])[] = [
  ['olga', 'owner'],
  ['mei', 'salesManager', 0],
  ['sam', 'sales', 1],
  ['sue', 'sales', 1],
  ['tom', 'sales', 2],
  ['vera', 'viewer', 0],
  ['dana', 'dataAnalyst'],
];

/** On which days customers have ordered, so that their silence is too long: on the first day, the next, or later. */
const BOOKS: readonly (readonly string[])[] = [
  ['2026-01-01', '2026-01-15', '2026-01-29'],
  ['2025-11-28'],
  ['2024-05-01'],
  ['2025-12-02'],
  ['2026-02-10', '2026-02-20', '2026-02-28'],
];

export async function openFirm(
  world: World,
  { name, zone, isDemo = false }: { name: string; zone: string; isDemo?: boolean },
): Promise<Firm> {
  const { memory, random, timeline } = world;
  const id = (prefix: string): string => makeId(prefix, timeline.nowMs, random.bytes(10));
  const tenant = id('wsp');
  let steps = 0;
  const step = (): Context => ({
    table: tenantTable(memory, tenant),
    actor: SYSTEM_ACTOR,
    epoch: Infinity,
    now: toInstant(timeline.nowMs),
    requestId: `opening ${name} ${(steps += 1)}`,
    writeId: `opening ${name}`,
    shape: NO_SHAPE,
    activeMembers: new Set(),
    home: { zone: 'UTC', currency: undefined, yearStart: 1 },
    random: random.bytes,
  });
  const create = (type: string, recordId: string, values: Record<string, unknown>) => ({
    op: 'create' as const,
    type,
    id: recordId,
    values,
  });
  const roles = new Map(DEFAULT_ROLES.map(({ key }) => [key, id('rol')]));
  const departments = [id('dep'), id('dep'), id('dep')];
  // Vera works for everybody.
  const people = STAFF.map(([who, role, department]) => ({
    who,
    role,
    department,
    memberId: id('mem'),
    subject: who === 'vera' ? who : `${who}@${name}`,
  }));
  await commitPlan(step(), {
    writes: [
      create('workspace', tenant, { name, zone, currency: 'CNY', language: 'zh-CN' }),
      ...DEFAULT_ROLES.map(({ key, label, rights }) => create('role', roles.get(key)!, { key, name: label.en, rights })),
      ...departments.map((each, i) =>
        create('department', each, { name: `Department ${i}`, ...(i > 0 ? { parentId: departments[0] } : {}) }),
      ),
    ],
  });
  await commitPlan(step(), {
    writes: people.map(({ who, role, department, memberId, subject }) =>
      create('member', memberId, {
        name: who,
        email: `${who}@${name}.test`,
        roleId: roles.get(role),
        status: 'active',
        subject,
        takesLeads: role === 'sales',
        ...(department === undefined ? {} : { departmentId: departments[department] }),
      }),
    ),
  });
  await commitPlan(step(), {
    writes: [
      create('customField', id('fld'), {
        on: 'customer',
        key: 'colour',
        nameEn: 'Colour',
        nameZh: '颜色',
        fieldKind: 'text',
        searchable: true,
      }),
      create('customField', id('fld'), { on: 'lead', key: 'budget', nameEn: 'Budget', nameZh: '预算', fieldKind: 'number' }),
    ],
  });
  const forms = [id('frm'), id('frm')];
  for (const form of forms) await openFormDoor(memory, tenant, form);
  await commitPlan(step(), { writes: forms.map((form, i) => create('webForm', form, { name: `Form ${i}`, language: 'en' })) });
  const names = { nameEn: 'Projects', nameZh: '项目' };
  await commitPlan(step(), { writes: [create('pipeline', id('pip'), { ...names, stages: PROJECT_STAGES })] });
  const sellers = people.filter(({ role }) => role === 'sales').map(({ memberId }) => memberId);
  const customers = BOOKS.map((days, i) => ({ customerId: id('cus'), days, ownerId: sellers[i % sellers.length]! }));
  await commitPlan(step(), {
    writes: customers.map(({ customerId, ownerId }, i) => ({ ...create('customer', customerId, { name: `Regular ${i}` }), ownerId })),
  });
  await commitPlan(step(), {
    writes: customers.flatMap(({ customerId, ownerId, days }, i) =>
      days.map((orderedOn, k) => {
        const number = `${name}-${i}-${k}`;
        const values = { customerId, number, orderedOn, status: 'confirmed', currency: 'CNY', lines: LINE_EXAMPLE };
        return { ...create('order', id('ord'), values), ownerId };
      }),
    ),
  });
  if (isDemo) await markDemo(tenantTable(memory, tenant), toInstant(timeline.nowMs));
  for (const { subject, memberId } of people) await putMembership(memory, subject, { tenant, memberId });
  return { tenant, zone, isDemo, forms, people: people.map(({ memberId, subject, role }) => ({ tenant, memberId, subject, role })) };
}
