import { beforeEach, describe, expect, it } from 'vitest';
import { routes as customers } from '../../../functions/customers/routes.ts';
import { httpHandler } from '../../../functions/runtime/http.ts';
import type { HttpEvent } from '../../../functions/runtime/route.ts';
import { putMembership } from '../../../functions/table/entry.ts';
import { routes as workspace } from '../../../functions/workspace/routes.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { departmentId, makeFirm, memberId, type Firm } from '../../support/firm.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const MANAGER = memberId(1);

/** Two containers of one function: each remembers for itself what it has read of rights. */
let ask: (container: 0 | 1, path: string, epoch?: number) => Promise<{ epoch: number; body: Record<string, unknown> }>;
let firm: Firm;

beforeEach(async () => {
  const memory = memoryDatabase();
  firm = await makeFirm(deskOn(memory), 'firm', [
    { role: 'salesManager', department: 'sales' },
    { role: 'sales', department: 'north' },
  ]);
  await firm.create(NOW, 'customer', idOf('cus', 1), { name: 'Lotus' }, memberId(2));
  await putMembership(memory, 'manager', { tenant: 'firm', memberId: MANAGER });
  const handlers = [{ ...memory }, { ...memory }].map((db) => httpHandler([...customers, ...workspace], () => db));
  ask = async (container, path, epoch) => {
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const event = {
      rawPath: `/api/v1${rawPath}`,
      rawQueryString,
      queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
      headers: epoch === undefined ? {} : { 'x-access-epoch': String(epoch) },
      requestContext: {
        requestId: 'r',
        timeEpoch: Date.parse(NOW),
        http: { method: 'GET', path: rawPath, sourceIp: '203.0.113.9' },
        authorizer: { jwt: { claims: { sub: 'manager', token_use: 'access', iat: '1' } } },
      },
    } as unknown as HttpEvent;
    const { headers, body } = await handlers[container]!(event, { awsRequestId: 'r' } as never);
    return { epoch: Number(headers!['x-access-epoch']), body: JSON.parse(body!) as Record<string, unknown> };
  };
});

const moveAway = () => firm.change(NOW, 'member', memberId(2), { departmentId: departmentId('service') });

describe('a caller who has seen a new state of rights', () => {
  it('is answered by no older one, whatever a container remembers', async () => {
    expect((await ask(0, '/customers')).body['items']).toHaveLength(1);
    await moveAway();

    const { epoch } = await ask(1, '/customers');

    expect((await ask(0, '/customers')).body['items']).toHaveLength(1); // remembered, for half a minute
    expect((await ask(0, '/customers', epoch)).body['items']).toHaveLength(0);
  });

  it('is told of it by the feed only when it decides', async () => {
    const before = await ask(0, '/changes?since=0');
    await moveAway();

    const remembered = await ask(0, '/changes?since=0');
    const read = await ask(1, '/changes?since=0');

    expect(remembered.body['epoch']).toBe(before.body['epoch']);
    expect(Number(read.body['epoch'])).toBeGreaterThan(Number(before.body['epoch']));
  });

  it('begins with it', async () => {
    await ask(0, '/session');
    await moveAway();

    const { body, epoch } = await ask(0, '/session');

    expect(body).toMatchObject({ span: [MANAGER], feed: { epoch } });
    expect((await ask(0, '/customers', epoch)).body['items']).toHaveLength(0);
  });
});
