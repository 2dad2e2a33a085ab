import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ShiftableClock } from './clock.ts';
import { cloud, credentials } from './deploy/cloud.ts';
import type { Stacks } from './deploy/stacks.ts';
import { readBuckets } from './deploy/storage.ts';
import { readMailSettings } from './deploy/triggers.ts';
import { type LocalDynamoDb, startDynamoDb } from './dynamodb.ts';
import type { Identity } from './identity.ts';
import type { Feedback } from './mail/feedback.ts';
import { type MailServer, startMailServer } from './mail/mailServer.ts';
import { type ObjectStore, startObjectStore } from './objectStore/server.ts';
import { type QueueServer, startQueueServer } from './queues/queueServer.ts';
import { startUserPool, type UserPool } from './userPool/server.ts';
import { readPoolSettings } from './userPool/settings.ts';

export interface Servers {
  database: LocalDynamoDb;
  queues: QueueServer;
  objects: ObjectStore;
  users: UserPool;
  mail: MailServer;
}

/**
 * Starts what stands in for the services of AWS, all at once.
 * @param options.dataPath  where a server keeps its data, or undefined for in memory
 * @param defer  takes what ends each started server, also when another one fails
 */
export async function startServers(
  options: {
    stacks: Stacks;
    identity: Identity;
    clock: ShiftableClock;
    dataPath(name: string): string | undefined;
    onFeedback(feedback: Feedback, configurationSet: string | undefined): void;
  },
  defer: (cleanup: () => unknown) => void,
): Promise<Servers> {
  const { stacks, identity, clock, dataPath, onFeedback } = options;
  const only = (type: string) => {
    const [resource, ...more] = stacks.ofType(type);
    if (!resource || more.length > 0) throw new Error(`the local host deploys exactly one ${type}`);
    return resource.properties<Record<string, unknown>>();
  };
  const poolSettings = readPoolSettings(only('AWS::Cognito::UserPool'), only('AWS::Cognito::UserPoolClient'), identity);
  const databaseDir = dataPath('dynamodb');
  const starting = {
    database: startDynamoDb({ dataDir: databaseDir, fast: databaseDir === undefined }),
    queues: startQueueServer({ region: cloud.region, dataDir: dataPath('queues') }),
    objects: startObjectStore({ dataDir: dataPath('objects') ?? temporaryDir(defer), clock, credentials, ...readBuckets(stacks) }),
    users: startUserPool({ dataDir: dataPath('users'), clock, pool: poolSettings }),
    mail: startMailServer({ ...readMailSettings(stacks), clock, file: dataPath('mail.db'), onFeedback }),
  };
  for (const result of await Promise.allSettled(Object.values(starting))) {
    if (result.status === 'fulfilled') defer(() => result.value.close());
  }
  return {
    database: await starting.database,
    queues: await starting.queues,
    objects: await starting.objects,
    users: await starting.users,
    mail: await starting.mail,
  };
}

function temporaryDir(defer: (cleanup: () => unknown) => void): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'regulars-'));
  defer(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
