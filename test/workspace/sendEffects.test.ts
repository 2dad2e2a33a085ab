import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sendEffects } from '../../functions/workspace/sendEffects.ts';
import { toItem } from '../../functions/records/item.ts';
import { effectsOf } from '../../shared/effects.ts';
import type { EffectRule } from '../../shared/kernel/effect.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { awsError, stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { idOf } from '../support/desk.ts';

const AT = '2026-03-02T09:00:00.000Z';
const lead = (version: number, values: object): AnyRecord => ({
  id: idOf('lea', 1),
  version,
  createdAt: AT,
  createdBy: 'system',
  updatedAt: AT,
  updatedBy: 'system',
  name: '李雷',
  ...values,
});
const item = (record: AnyRecord, more = {}) => ({ ...toItem(definitionOf('lead'), record, { requestId: 'req-1', writeId: 'w' }), ...more });
const change = (before: AnyRecord | undefined, after: AnyRecord | undefined, more = {}) => ({
  type: 'lead',
  id: idOf('lea', 1),
  version: after?.version ?? 9,
  at: AT,
  before: before && item(before),
  after: after && item(after, more),
});

/** Tells the owner of a lead that changed hands. */
const tellOwner: EffectRule = ({ type, before, after }) =>
  type === 'lead' && after?.ownerId && after.ownerId !== before?.ownerId
    ? [
        {
          kind: 'notify',
          memberId: after.ownerId,
          code: 'leadAssigned',
          params: { name: String(after['name']) },
          recordType: type,
          recordId: after.id,
        },
      ]
    : [];

let mock: ReturnType<typeof mockClient>;
beforeAll(() => stubAwsEnvironment({ EFFECTS_QUEUE_URL: 'http://localhost:1/effects' }));
afterEach(() => mock.restore());
const bodies = () =>
  mock
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args }) => args[0].input.Entries!)
    .map(({ MessageBody }) => JSON.parse(MessageBody!) as unknown);

describe('effects of changes', () => {
  it('go to the queue with the change they follow from', async () => {
    mock = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});

    await sendEffects('firm', [change(lead(1, {}), lead(2, { ownerId: idOf('mem', 1) }))], [tellOwner]);

    expect(bodies()).toEqual([
      {
        tenant: 'firm',
        effect: {
          kind: 'notify',
          memberId: idOf('mem', 1),
          code: 'leadAssigned',
          params: { name: '李雷' },
          recordType: 'lead',
          recordId: idOf('lea', 1),
        },
        type: 'lead',
        id: idOf('lea', 1),
        version: 2,
        at: AT,
        requestId: 'req-1',
      },
    ]);
  });

  it('take a record in the bin for one that is gone', async () => {
    mock = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});

    await sendEffects('firm', [change(lead(1, {}), lead(2, { ownerId: idOf('mem', 1) }), { removed: true })], [tellOwner]);

    expect(bodies()).toEqual([]);
  });

  it('ask no queue when there are none', async () => {
    mock = mockClient(SQSClient).on(SendMessageBatchCommand).rejects(awsError('QueueDoesNotExist', 400));

    await expect(sendEffects('firm', [change(undefined, lead(1, {}))], [tellOwner])).resolves.toBeUndefined();
    expect(effectsOf({ type: 'customer' })).toEqual([]);
  });

  it('fail when the queue does not take them, so that the stream tells again', async () => {
    mock = mockClient(SQSClient).on(SendMessageBatchCommand).rejects(awsError('TimeoutError'));

    await expect(sendEffects('firm', [change(undefined, lead(1, { ownerId: idOf('mem', 1) }))], [tellOwner])).rejects.toMatchObject({
      code: 'queue.unavailable',
    });
  });
});
