import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import type { Issue } from '../../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { routes } from '../../../functions/sales/routes.ts';
import type { Database } from '../../../functions/table/database.ts';
import { deskOn, idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { visitorsOf } from '../../support/visitors.ts';

/** What a test reads of an answer: a record, a problem, or both. */
export type Body = AnyRecord & {
  readonly code?: string;
  readonly issues?: readonly Issue[];
  readonly params?: Readonly<Record<string, unknown>>;
};

const PEOPLE = { olga: 'owner', max: 'salesManager', sam: 'sales', sue: 'sales', mia: 'marketing' };
/** One who has left is no member any more. */
type Name = keyof typeof PEOPLE | 'old';

/** A firm with an owner (olga), a manager (max), two who sell (sam, sue), one who may not (mia), a customer and a product; and its rival. */
export async function openSales(through: (db: Database) => Database = (db) => db) {
  const { db } = await openDesk();
  const desk = deskOn(through(db));
  const plain = deskOn(db);
  const system = (tenant = 'firm') => ({ ...plain.as(tenant, 0), actor: SYSTEM_ACTOR });
  const workspace = {
    type: 'workspace',
    id: idOf('wsp', 1),
    values: { name: 'Firm', zone: 'Asia/Shanghai', currency: 'CNY', language: 'en' },
  };
  await commitPlan(system(), { writes: [{ op: 'create', ...workspace }] });
  await employ(
    plain,
    'firm',
    Object.entries(PEOPLE).map(([name, role]) => ({ name, role })),
  );
  const memberId = (name: Name): string => idOf('mem', name === 'old' ? 99 : Object.keys(PEOPLE).indexOf(name) + 1);
  const add = async (
    type: string,
    id: string,
    values: Values,
    { owner = 'sam' as Name | undefined, tenant = 'firm' } = {},
  ): Promise<AnyRecord> => {
    const ownerId = owner && memberId(owner);
    return (await commitPlan(system(tenant), { writes: [{ op: 'create', type, id, values, ...(ownerId ? { ownerId } : {}) }] }))[0]!;
  };
  const update = (type: string, { id, version }: AnyRecord, values: Values): Promise<unknown> =>
    commitPlan(system(), { writes: [{ op: 'update', type, id, version, change: values }] });
  const remove = (type: string, { id, version }: AnyRecord): Promise<unknown> =>
    commitPlan(system(), { writes: [{ op: 'remove', type, id, version }] });
  const customer = await add('customer', idOf('cus', 1), { name: 'Tea house' });
  const product = await add('product', idOf('prd', 1), { name: 'Beans' }, { owner: undefined });
  const rivals = await add('product', idOf('prd', 2), { name: 'Theirs' }, { owner: undefined, tenant: 'rival' });

  const call = visitorsOf<Body>(routes, desk);
  /** Sends a command under the version of the record in hand. */
  const command = (record: AnyRecord, path: string, body?: unknown, { as = 'sam' as string, version = record.version } = {}) =>
    call('POST', `/${path.replace('{id}', record.id)}`, { as, body, headers: { 'if-match': String(version) } });
  const change = (record: AnyRecord, plural: string, body: unknown, { as = 'sam', version = record.version } = {}) =>
    call('PATCH', `/${plural}/${record.id}`, { as, body, headers: { 'if-match': String(version) } });

  let count = 0;
  /** A deal of Sam's. */
  const addDeal = (values: Values = {}, owner: Name = 'sam'): Promise<AnyRecord> =>
    add('opportunity', idOf('opp', (count += 1)), { title: `Deal ${count}`, customerId: customer.id, ...values }, { owner });
  const itemOf = ({ id }: AnyRecord) => plain.itemOf(system(), id.startsWith('opp_') ? 'opportunity' : 'order', id);
  const standing = async (record: AnyRecord): Promise<Values> => {
    const item = await itemOf(record);
    return { ...(item!['data'] as Values), version: item!['version'] };
  };

  return {
    desk: plain,
    system,
    call,
    command,
    change,
    add,
    update,
    remove,
    addDeal,
    itemOf,
    standing,
    memberId,
    customer,
    product,
    rivals,
  };
}
