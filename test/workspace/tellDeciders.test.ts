import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { toChange, type Change } from '../../functions/records/follow.ts';
import { commitPlan } from '../../functions/records/operations.ts';
import { readDirectory } from '../../functions/runtime/directory.ts';
import type { EffectMessage } from '../../functions/services/effectsQueue.ts';
import { tellDeciders } from '../../functions/workspace/tellDeciders.ts';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { idOf, openDesk, type Desk } from '../support/desk.ts';
import { employ } from '../support/staff.ts';

let desk: Desk;
const queue = mockClient(SQSClient);
beforeAll(async () => {
  stubAwsEnvironment({ EFFECTS_QUEUE_URL: 'http://localhost:1/effects' });
  desk = await openDesk();
  await employ(desk, 'firm', [
    { name: 'olga', role: 'owner' },
    { name: 'adam', role: 'administrator' },
    { name: 'eva', role: 'administrator', more: { status: 'disabled' } },
    { name: 'mona', role: 'salesManager' },
  ]);
});
beforeEach(() => void queue.reset().on(SendMessageBatchCommand).resolves({}));
afterAll(() => queue.restore());

const told = (): EffectMessage[] =>
  queue
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) => args[0].input.Entries!.map(({ MessageBody }) => JSON.parse(MessageBody!) as EffectMessage));

it('tells those who decide about people of an application, once, and nobody else', async () => {
  const ctx = { ...desk.as('firm', 0), actor: SYSTEM_ACTOR };
  const id = idOf('apl', 1);
  const states: Awaited<ReturnType<Desk['itemOf']>>[] = [undefined];
  const write = async (plan: Parameters<typeof commitPlan>[1]['writes'][number]) => {
    await commitPlan(ctx, { writes: [plan] });
    states.push(await desk.itemOf(ctx, 'application', id));
  };
  await write({ op: 'create', type: 'application', id, values: { name: 'Lucy', email: 'lucy@out.test', status: 'waiting' } });
  await write({ op: 'update', type: 'application', id, version: 1, change: { remark: 'A correction' } });
  await write({ op: 'update', type: 'application', id, version: 2, change: { status: 'declined' } });
  const directory = await readDirectory(desk.db, ctx.table, ctx.now);
  const changes: Change[] = states.slice(1).map((after, i) => toChange(states[i], after, ctx.now)!);

  await tellDeciders('firm', directory, changes);

  expect(told().map(({ effect, version }) => [effect.memberId, effect.code, effect.recordId, version])).toEqual([
    [idOf('mem', 1), 'applicationWaiting', id, 1],
    [idOf('mem', 2), 'applicationWaiting', id, 1],
  ]);
});
