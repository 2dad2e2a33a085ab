import { Duration } from 'aws-cdk-lib/core';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { entries, queueNames, type QueueName, type QueueTrigger } from './entries.ts';

export interface Queues extends Readonly<Record<QueueName, Queue>> {
  readonly deadLetters: Queue;
}

/**
 * The three queues and one for what none of them could deliver: SQS moves each message back to the queue it came
 * from, and one empty queue costs one alarm instead of three.
 */
export function createQueues(scope: Construct): Queues {
  const deadLetters = new Queue(scope, 'DeadLetters', { retentionPeriod: Duration.days(14), enforceSSL: true });
  const create = (name: QueueName) =>
    new Queue(scope, `${name[0]!.toUpperCase()}${name.slice(1)}Queue`, {
      // Six times the worker's time, as AWS asks, so that a batch under way is not handed out twice.
      visibilityTimeout: Duration.seconds(6 * workerTimeoutSeconds(name)),
      retentionPeriod: Duration.days(4),
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
  const queues = Object.fromEntries(queueNames.map((name) => [name, create(name)])) as Record<QueueName, Queue>;
  return { ...queues, deadLetters };
}

/** Lets a function work off a queue; it answers with the messages that failed, and only those come again. */
export function connectQueue(worker: LambdaFunction, queue: Queue, trigger: QueueTrigger): void {
  worker.addEventSourceMapping('Queue', {
    eventSourceArn: queue.queueArn,
    batchSize: trigger.batchSize,
    maxConcurrency: trigger.maxConcurrency,
    reportBatchItemFailures: true,
  });
}

function workerTimeoutSeconds(queue: QueueName): number {
  const worker = entries.find(({ trigger }) => trigger.kind === 'queue' && trigger.queue === queue);
  if (!worker) throw new Error(`no function reads the queue ${queue}`);
  return worker.timeoutSeconds;
}
