import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { routes } from '../../../functions/leads/routes.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { listRecords } from '../../../functions/records/list.ts';
import { httpHandler } from '../../../functions/runtime/http.ts';
import type { HttpEvent } from '../../../functions/runtime/route.ts';
import type { Database } from '../../../functions/table/database.ts';
import { claimDoor, putMembership } from '../../../functions/table/entry.ts';
import { deskOn, idOf, openDesk } from '../../support/desk.ts';

export const NOW = Date.parse('2026-03-02T10:00:00.000Z');

interface CallOptions {
  readonly as?: string;
  readonly tenant?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Record<string, string>;
  readonly at?: number;
  readonly from?: string;
}
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
  const roles = DEFAULT_ROLES.map(({ key, label, rights }, i) => ({
    op: 'create' as const,
    type: 'role',
    id: idOf('rol', i),
    values: { key, name: label.en, rights },
  }));
  const roleId = (key: string) => roles[DEFAULT_ROLES.findIndex((role) => role.key === key)]!.id;
  const people = { olga: 'owner', max: 'salesManager', sam: 'sales', sue: 'sales', sid: 'sales', mia: 'marketing' };
  const members = Object.entries(people).map(([name, role], i) => ({
    op: 'create' as const,
    type: 'member',
    id: idOf('mem', i + 1),
    values: { name, email: `${name}@firm.test`, roleId: roleId(role), status: 'active', subject: `sub-${name}` } as Values,
  }));
  const memberId = (name: keyof typeof people) => members[Object.keys(people).indexOf(name)]!.id;
  await commitPlan(system(), { writes: [...roles, ...members] });
  for (const name of Object.keys(people)) await putMembership(plain, `sub-${name}`, { tenant, memberId: memberId(name as 'olga') });

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
    const { as, body, raw, headers = {}, at = NOW, from = '203.0.113.9' } = options;
    const [pathname = '', query = ''] = path.split('?');
    const event = {
      rawPath: pathname.startsWith('/f/') ? pathname : `/api/v1${pathname}`,
      rawQueryString: query,
      headers: { 'content-type': 'application/json', ...headers },
      ...(query ? { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) } : {}),
      ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
      routeKey: '$default',
      requestContext: {
        requestId: `leads-${++count}`,
        timeEpoch: at,
        http: { method, path: pathname, sourceIp: from },
        ...(as ? { authorizer: { jwt: { claims: { sub: `sub-${as}`, token_use: 'access', iat: String(NOW / 1000 - 60) } } } } : {}),
      },
    } as unknown as HttpEvent;
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
