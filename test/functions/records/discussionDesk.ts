import { marshall } from '@aws-sdk/util-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../../shared/registry.ts';
import { recordRoutes } from '../../../functions/records/routes.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import type { MailMessage } from '../../../functions/services/mailQueue.ts';
import { byOwner } from '../../../functions/table/keys.ts';
import { readStream } from '../../../functions/workspace/changes.stream.ts';
import { workOffEffects } from '../../../functions/workspace/effects.queue.ts';
import type { EffectMessage } from '../../../functions/services/effectsQueue.ts';
import type { Route } from '../../../functions/runtime/route.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { stubAwsEnvironment } from '../services/awsEnvironment.ts';

export interface Answer {
  readonly id: string;
  readonly code?: string;
  readonly issues?: readonly { readonly field: string; readonly code: string }[];
  readonly items: readonly Values[];
  readonly params: Values;
  /** Of an announced file. */
  readonly upload: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** Of a download. */
  readonly url: string;
}

/** Who works in the firm. Sales staff read their team's records; everybody sits in one department but Sid, who sits in none. */
const PEOPLE = { olga: 'owner', sam: 'sales', sue: 'sales', sid: 'sales', vera: 'viewer', dana: 'dataAnalyst' } as const;
export type Person = keyof typeof PEOPLE;
export const memberOf = (name: Person): string => idOf('mem', Object.keys(PEOPLE).indexOf(name) + 1);

/** A firm in which people talk about records: what they send goes the whole way, to notifications and mails. */
export async function openDiscussion(more: readonly Route[] = []) {
  stubAwsEnvironment({ PUBLIC_URL: 'https://crm.test', EFFECTS_QUEUE_URL: 'http://localhost:1/effects' });
  const memory = memoryDatabase();
  const desk = deskOn(memory);
  const tenant = 'firm';
  const departmentId = idOf('dep', 1);
  const system = () => ({ ...desk.as(tenant, 0), actor: SYSTEM_ACTOR });
  await employ(
    desk,
    tenant,
    Object.entries(PEOPLE).map(([name, role]) => ({
      name,
      role,
      more: { language: 'en', ...(name === 'sid' ? {} : { departmentId }) },
    })),
  );
  await commitPlan(system(), {
    writes: [
      { op: 'create', type: 'department', id: departmentId, values: { name: 'Shop' } },
      { op: 'create', type: 'workspace', id: idOf('wsp', 1), values: { name: 'Nordwind', zone: 'UTC', currency: 'EUR', language: 'en' } },
    ],
  });
  const routes = [...REGISTRY.filter(({ discussed }) => discussed).flatMap(({ name }) => recordRoutes(name)), ...more];
  const call = visitorsOf<Answer>(routes, desk);

  const queued: EffectMessage[] = [];
  const queue = mockClient(SQSClient)
    .on(SendMessageBatchCommand)
    .callsFake(({ Entries }: { Entries: { MessageBody: string }[] }) => {
      queued.push(...Entries.map(({ MessageBody }) => JSON.parse(MessageBody) as EffectMessage));
      return {};
    });
  let read = 0;
  const mails: MailMessage[] = [];

  /** What the stream tells since the last time, as its filter lets it through. */
  const streamed = () =>
    memory.store.changes
      .splice(0)
      .filter(({ key, before, after }) => key.sk === 'A' || (after ?? before)?.['on'] !== undefined || (key.sk.startsWith('F#') && !after))
      .map(({ before, after, atMs }) => ({
        eventName: !before ? ('INSERT' as const) : after ? ('MODIFY' as const) : ('REMOVE' as const),
        dynamodb: {
          SequenceNumber: String((read += 1)),
          ApproximateCreationDateTime: Math.floor(atMs / 1000),
          ...(before ? { OldImage: marshall(before) as never } : {}),
          ...(after ? { NewImage: marshall(after) as never } : {}),
        },
      }));

  /** Lets stream and effects do their work. @param times  how often each message is delivered */
  const settle = async (times = 1): Promise<void> => {
    const Records = streamed();
    for (let i = 0; i < times; i++)
      if ((await readStream(desk.db, { Records })).batchItemFailures.length) throw new Error('the stream’s reader failed');
    const messages = queued.splice(0);
    const event = { Records: messages.map((body, i) => ({ messageId: String(i), body: JSON.stringify(body) })) } as unknown as SQSEvent;
    for (let i = 0; i < times; i++) {
      const { batchItemFailures } = await workOffEffects(desk.db, event, async (mail) => void mails.push(mail));
      if (batchItemFailures.length) throw new Error('an effect failed');
    }
  };

  return {
    desk,
    call,
    settle,
    mails,
    close: () => queue.restore(),
    system,
    /** Makes a record for somebody, as the product's own. */
    async make(type: string, n: number, owner: Person, values: Values): Promise<string> {
      const id = idOf(definitionOf(type).idPrefix, n);
      const ownerId = memberOf(owner);
      await commitPlan(system(), { writes: [{ op: 'create', type, id, ownerId, values, allowDuplicate: true }] });
      return id;
    },
    async change(type: string, id: string, change: Values, more: { ownerId?: string } = {}): Promise<AnyRecord> {
      const version = Number((await desk.itemOf(system(), type, id))!['version']);
      const [record] = await commitPlan(system(), { writes: [{ op: 'update', type, id, version, change, ...more }] });
      return record!;
    },
    /** Codes of what a person was told, with what was told, oldest first. */
    async toldTo(name: Person): Promise<readonly Values[]> {
      const { table } = desk.as(tenant, 1);
      const { items } = await table.query({ index: 'byOwner', pk: byOwner('notification', memberOf(name)) });
      const whole = await Promise.all(items.map(({ id }) => desk.itemOf(system(), 'notification', String(id))));
      return whole.map((item) => item!['data'] as Values);
    },
  };
}
