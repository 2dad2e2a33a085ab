import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp, type BuildAppOptions } from 'fauxqs';

export interface QueueServer {
  url: string;
  client: SQSClient;
  /** Creates the queue, or gives an existing one these attributes. */
  createQueue(name: string, attributes: Partial<Record<QueueAttributeName, string>>): Promise<LocalQueue>;
  close(): Promise<void>;
}

export interface LocalQueue {
  name: string;
  url: string;
  arn: string;
}

/**
 * SQS by fauxqs: visibility, delays, long polls, redrive to a dead letter queue.
 * @param options.dataDir  keeps the messages there; absent: in memory
 */
export async function startQueueServer(options: { region: string; dataDir?: string }): Promise<QueueServer> {
  const { region, dataDir } = options;
  const persistence = dataDir === undefined ? undefined : await openPersistence(dataDir);
  const app = buildApp({ logger: false, defaultRegion: region, ...(persistence && { stores: persistence.stores }) });
  // Not startFauxqs(), which would listen on every network interface of this machine.
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = new SQSClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  return {
    url,
    client,
    async createQueue(name, attributes) {
      const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix: name }));
      // Addressed by our own port: a stored URL is that of an earlier start.
      const queueUrl = `${url}/000000000000/${name}`;
      if (QueueUrls.some((known) => known.endsWith(`/${name}`))) {
        await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: attributes }));
      } else {
        await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
      }
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }));
      return { name, url: queueUrl, arn: Attributes!.QueueArn! };
    },
    async close() {
      client.destroy();
      await app.close();
      persistence?.close();
    },
  };
}

/** fauxqs offers its store only together with its own way of listening, so this takes the parts by their files. */
async function openPersistence(dataDir: string): Promise<{ stores: BuildAppOptions['stores']; close(): void }> {
  const part = (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href) as Promise<Record<string, unknown>>;
  const { PersistenceManager } = (await part('persistence.js')) as { PersistenceManager: new (dir: string) => Persistence };
  const { SqsStore } = (await part('sqs/sqsStore.js')) as { SqsStore: new () => Store };

  mkdirSync(dataDir, { recursive: true });
  const persistence = new PersistenceManager(dataDir);
  // Whoever had received a message before this start is gone; nobody waits for his visibility timeout.
  const db = new DatabaseSync(path.join(dataDir, 'fauxqs.db'));
  db.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  db.close();

  const sqsStore = new SqsStore();
  persistence.loadSqsQueues(sqsStore);
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  return { stores: { sqsStore } as unknown as BuildAppOptions['stores'], close: () => persistence.close() };
}

interface Persistence {
  loadSqsQueues(store: Store): void;
  close(): void;
}
interface Store {
  persistence: Persistence;
  allQueues(): Iterable<{ persistence: Persistence }>;
}
