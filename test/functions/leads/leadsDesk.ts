import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { routes } from '../../../functions/leads/routes.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { listRecords } from '../../../functions/records/list.ts';
import { httpHandler } from '../../../functions/runtime/http.ts';
import type { Database } from '../../../functions/table/database.ts';
import { claimDoor } from '../../../functions/table/entry.ts';
import { deskOn, idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { httpEvent, NOW, type CallOptions } from '../../support/visitors.ts';

export { NOW };

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  // What a test reads of an answer is up to the test.
  readonly body: never;
}

/** A firm with an owner (olga), a manager (max) and three who sell (sam, sue, sid), and a form that is open to the world. */
export async function openLeads(through: (db: Database) => Database = (db) => db) {
  const { db: plain } = await openDesk();
  const db = through(plain);
  const desk = deskOn(db);
  const tenant = 'firm';
  const system = () => ({ ...deskOn(plain).as(tenant, 0), actor: SYSTEM_ACTOR });
  const people = { olga: 'owner', max: 'salesManager', sam: 'sales', sue: 'sales', sid: 'sales', mia: 'marketing' };
  await employ(
    deskOn(plain),
    tenant,
    Object.entries(people).map(([name, role]) => ({ name, role })),
  );
  const memberId = (name: keyof typeof people) => idOf('mem', Object.keys(people).indexOf(name) + 1);

  /** A form of the firm, written as the product writes it. */
  const addForm = async (n: number, values: Values = {}): Promise<string> => {
    const id = idOf('frm', n);
    await claimDoor(plain, 'form', id, { tenant, target: id });
    await commitPlan(system(), {
      writes: [{ op: 'create', type: 'webForm', id, ownerId: memberId('olga'), values: { name: `Form ${n}`, ...values } }],
    });
    return id;
  };
  const change = async (type: string, id: string, values: Values): Promise<void> => {
    const ctx = system();
    const version = Number((await desk.itemOf(ctx, type, id))!['version']);
    await commitPlan(ctx, { writes: [{ op: 'update', type, id, version, change: values }] });
  };

  const handler = httpHandler(routes, () => db);
  let count = 0;
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answered> => {
    const event = httpEvent(method, path, options, `leads-${++count}`);
    const answer = await handler(event, { awsRequestId: 'r' } as never);
    const text = answer.body ?? '';
    return {
      status: answer.statusCode!,
      headers: answer.headers as Record<string, string>,
      text,
      body: (/json/.test(String(answer.headers?.['content-type'])) && text ? JSON.parse(text) : undefined) as never,
    };
  };

  /** Sends a form as a script does. */
  const post = (formId: string, body: unknown, options: CallOptions = {}) => call('POST', `/public/forms/${formId}`, { body, ...options });
  /** Sends a form as a browser does without a script. */
  const submit = (formId: string, raw: string, options: CallOptions = {}) =>
    call('POST', `/public/forms/${formId}`, {
      raw,
      ...options,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html,*/*;q=0.8', ...options.headers },
    });
  const all = async (type: string): Promise<AnyRecord[]> => [
    ...(await listRecords({ ...system(), now: toInstant(NOW) }, Buffer.alloc(32), type, { limit: 200 })).items,
  ];

  return { db: plain, tenant, system, call, post, submit, all, addForm, change, memberId, itemOf: desk.itemOf };
}

export const receiptOf = ({ body }: Answered): string => (body as { receipt: string }).receipt;

/** A visitor of his own address: budgets are another test's subject. */
export const visitor = (() => {
  let n = 0;
  return () => ({ from: `10.${(n += 1) >> 8}.${n & 255}.1` });
})();
