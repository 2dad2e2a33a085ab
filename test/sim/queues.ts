/** The queues: messages in no order, now and then twice, again after a failure, and after five tries among the dead. */
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Container, currentContainer } from './container.ts';
import { failure } from './memory/refusals.ts';
import { commonFate, onTheWire, timeout } from './wire.ts';
import type { World } from './world.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentMs: number;
  received: number;
}

export type QueueWorker = (container: Container, event: SQSEvent) => Promise<SQSBatchResponse>;

/** A queue and the function that works it off. */
interface Queue {
  readonly name: string;
  readonly worker: QueueWorker;
  readonly batchSize: number;
  readonly visible: Message[];
  /** Deliveries under way or arranged for. */
  pollers: number;
}

const MOST_RECEIVES = 5;
const MOST_POLLERS = 2;
const VISIBILITY_MS = 60_000;
const HOST = 'https://queue.test/';
export const urlOf = (name: string): string => HOST + name;

export class Queues {
  /** Messages that no delivery brought through. */
  readonly dead: { readonly queue: string; readonly body: string }[] = [];
  private readonly world: World;
  private readonly queues: ReadonlyMap<string, Queue>;
  private sent = 0;

  constructor(world: World, workers: Readonly<Record<string, { worker: QueueWorker; batchSize: number }>>) {
    this.world = world;
    this.queues = new Map(Object.entries(workers).map(([name, work]) => [name, { name, ...work, visible: [], pollers: 0 }]));
  }

  send(name: string, body: string, delaySeconds = 0): void {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`no queue ${name}`);
    const message = { id: `message-${++this.sent}`, body, sentMs: this.world.timeline.nowMs, received: 0 };
    this.show(queue, message, delaySeconds * 1000);
  }

  /** What the operator does after the cause is mended. */
  redrive(): void {
    for (const { queue, body } of this.dead.splice(0)) this.send(queue, body);
  }

  private show(queue: Queue, message: Message, afterMs: number): void {
    this.world.timeline.after(afterMs, () => {
      queue.visible.push(message);
      this.poll(queue);
    });
  }

  private poll(queue: Queue): void {
    if (queue.pollers >= MOST_POLLERS || queue.visible.length === 0) return;
    queue.pollers++;
    this.world.timeline.after(this.world.random.int(5, 200), () => {
      void this.deliver(queue).finally(() => {
        queue.pollers--;
        this.poll(queue);
      });
    });
  }

  private async deliver(queue: Queue): Promise<void> {
    const { world } = this;
    const messages: Message[] = [];
    while (queue.visible.length && messages.length < queue.batchSize)
      messages.push(...queue.visible.splice(world.random.int(0, queue.visible.length - 1), 1));
    if (!messages.length) return;
    const failed = await this.invoke(queue, messages);
    for (const message of messages) {
      message.received++;
      const again = failed.has(message.id) ? VISIBILITY_MS : this.isToldTwice() ? world.random.int(10, 90_000) : undefined;
      if (again === undefined) continue;
      if (failed.has(message.id) && message.received >= MOST_RECEIVES) {
        world.trace.add(`${world.timeline.nowMs} ${queue.name} ${message.id} is dead`);
        this.dead.push({ queue: queue.name, body: message.body });
      } else this.show(queue, message, again);
    }
  }

  private isToldTwice = (): boolean => !this.world.calm && this.world.random.chance(this.world.weather.redelivered / 4);

  /** @returns ids of the messages that failed */
  private async invoke(queue: Queue, messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const { world } = this;
    const container = world.idle(`${queue.name}-queue`);
    world.trace.add(`${world.timeline.nowMs} ${container.name} takes ${messages.map(({ id }) => id).join(' ')}`);
    try {
      const answer = await container.invoke(() => queue.worker(container, toEvent(messages)));
      return new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      return new Set(messages.map(({ id }) => id));
    }
  }
}

const toEvent = (messages: readonly Message[]): SQSEvent => ({
  Records: messages.map(
    ({ id, body, sentMs, received }) =>
      ({
        messageId: id,
        body,
        attributes: { SentTimestamp: String(sentMs), ApproximateReceiveCount: String(received + 1) },
      }) as SQSEvent['Records'][number],
  ),
});

/** Makes every SQS client of this process send to the queues of a world. @returns the way back */
export function takeOverQueues(world: World, queues: Queues): () => void {
  const prototype = SQSClient.prototype as { send?: unknown };
  prototype.send = (command: { input: { QueueUrl?: string }; constructor: { name: string } }): Promise<unknown> => {
    const name = command.input.QueueUrl!.slice(HOST.length);
    const fate = commonFate(world);
    return onTheWire({
      world,
      container: currentContainer(),
      label: `${command.constructor.name.replace('Command', '')} ${name}`,
      fate,
      carryOut: async () => {
        if (fate === 'throttled') return { error: failure('RequestThrottled', 'Rate exceeded') };
        for (const { MessageBody, DelaySeconds } of entriesOf(command)) queues.send(name, MessageBody!, DelaySeconds);
        return fate === 'ambiguous' ? { error: timeout() } : { answer: { Successful: [], Failed: [] } };
      },
    });
  };
  return () => {
    delete prototype.send;
  };
}

function entriesOf(command: unknown) {
  if (command instanceof SendMessageCommand) return [command.input];
  if (command instanceof SendMessageBatchCommand) return command.input.Entries ?? [];
  throw new Error('only sending is modelled');
}
