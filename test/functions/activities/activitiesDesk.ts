import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { routes } from '../../../functions/activities/routes.ts';
import { createRecord } from '../../../functions/records/operations.ts';
import { httpHandler } from '../../../functions/runtime/http.ts';
import type { Database } from '../../../functions/table/database.ts';
import { deskOn, idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { httpEvent, NOW, type CallOptions } from '../../support/visitors.ts';

/** The moment of every request that says no other. */
export const NOON = new Date(NOW).toISOString();

const PEOPLE = { olga: 'owner', max: 'salesManager', sam: 'sales', sue: 'sales' } as const;
type Name = keyof typeof PEOPLE;

/** A firm in which Max leads Sam and Sue, in Berlin unless somebody lives elsewhere. */
export async function openActivities(through: (db: Database) => Database = (db) => db) {
  const { db: plain } = await openDesk();
  const db = through(plain);
  const desk = deskOn(plain);
  const tenant = 'firm';
  const system = () => ({ ...desk.as(tenant, 0), actor: SYSTEM_ACTOR });
  await createRecord(system(), 'department', { id: idOf('dep', 1), name: 'Sales' });
  await employ(
    desk,
    tenant,
    Object.entries(PEOPLE).map(([name, role]) => ({ name, role, more: { departmentId: idOf('dep', 1), zone: 'Europe/Berlin' } })),
  );
  const memberId = (name: Name) => idOf('mem', Object.keys(PEOPLE).indexOf(name) + 1);

  const handler = httpHandler(routes, () => db);
  let count = 0;
  const call = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await handler(httpEvent(method, path, options, `activities-${++count}`), { awsRequestId: 'r' } as never);
    return { status: answer.statusCode!, body: (answer.body ? JSON.parse(answer.body) : undefined) as Record<string, never> };
  };
  const command = (
    name: string,
    activity: AnyRecord,
    body: unknown = {},
    { as = 'sam', version = activity.version, at = NOW }: { as?: Name; version?: number; at?: number } = {},
  ) => call('POST', `/activities/${activity.id}/${name}`, { as, body, at, headers: { 'if-match': String(version) } });

  /** One of Sam's, unless said otherwise. */
  const add = (values: Values = {}): Promise<AnyRecord> =>
    createRecord(system(), 'activity', {
      id: idOf('act', ++count),
      subject: `Call ${count}`,
      type: 'call',
      ownerId: memberId('sam'),
      ...values,
    });
  const all = async (): Promise<readonly Values[]> => (await system().table.query({ index: 'byType', pk: 'activity' })).items;

  return { db: plain, tenant, system, call, command, add, all, memberId, itemOf: desk.itemOf };
}
