import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import path from 'node:path';
import { createClock, type ShiftableClock } from './clock.ts';
import { lockDataDir } from './dataLock.ts';
import { deployApi } from './deploy/api.ts';
import { localAddresses } from './deploy/cloud.ts';
import { deployEventSources } from './deploy/eventSources.ts';
import { deployFunctions } from './deploy/functions.ts';
import { openStacks } from './deploy/stacks.ts';
import { deployQueues, deployTables } from './deploy/storage.ts';
import { deployMailEvents, deploySchedules } from './deploy/triggers.ts';
import { readDistribution } from './edge/distribution.ts';
import { createEdge } from './edge/edge.ts';
import { createSiteFiles } from './edge/siteFiles.ts';
import { listenLocally, type LocalServer } from './httpServer.ts';
import { readIdentity } from './identity.ts';
import { createAsyncInvoker } from './lambda/asyncInvocation.ts';
import type { LambdaFunction } from './lambda/lambdaFunction.ts';
import { createLocalPages, localRoot } from './localPages.ts';
import { createLog } from './log.ts';
import type { Mailbox } from './mail/mailbox.ts';
import { type Servers, startServers } from './servers.ts';
import { openCheckpoints } from './streams/checkpoints.ts';

export interface LocalHostOptions {
  /** The assembly to deploy (infra/app.ts writes one). */
  templateDir: string;
  /** Bundles as `<functionsDir>/<entry>/index.js`; absent: the assets of the assembly. */
  functionsDir?: string;
  /** Build of the site; without one its pages are 404. */
  webDir?: string;
  /** Data are kept there; absent: in memory, gone with the host. */
  dataDir?: string;
  /** 0, as standard: a free one. */
  port?: number;
  /** In place of the template's values, for each function that has the variable. */
  environment?: Record<string, string>;
  /** Takes lines for whoever started the host; absent: silence. */
  print?: (line: string) => void;
  /** Answers for the site while somebody works on it, given the server for its web socket. */
  devSite?: (
    server: LocalServer['http'],
  ) => Promise<{ handle(message: IncomingMessage, reply: ServerResponse): void; close(): Promise<void> }>;
}

export interface LocalHost {
  /** `http://localhost:<port>` */
  url: string;
  clock: ShiftableClock;
  mail: Mailbox;
  /** By the name of their entry. */
  functions: ReadonlyMap<string, LambdaFunction>;
  /** Endpoints for the AWS SDK, by service as in AWS_ENDPOINT_URL_<SERVICE>. */
  endpoints: Readonly<Record<string, string>>;
  /** Names of the tables. */
  tables: readonly string[];
  close(): Promise<void>;
}

/**
 * Deploys an assembly on this machine and serves it on one port.
 * @throws JavaMissingError, PortInUseError, DataInUseError; Error for a template the local host does not fully know
 */
export async function createLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const cleanups: (() => unknown)[] = [];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return { ...(await start(options, (cleanup) => cleanups.push(cleanup))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(options: LocalHostOptions, defer: (cleanup: () => unknown) => void): Promise<Omit<LocalHost, 'close'>> {
  const { templateDir, functionsDir, dataDir, environment, port = 0, print = () => {} } = options;
  if (dataDir !== undefined) defer(lockDataDir(dataDir));
  const dataPath = (name: string) => (dataDir === undefined ? undefined : path.join(dataDir, name));
  const clock = createClock();
  const log = createLog(dataPath('logs'), print);
  const identity = readIdentity(dataDir);
  const queueUrls = new Map<string, string>();
  const stacks = openStacks(templateDir, { userPool: () => ({ id: identity.poolId, ...identity }), queueUrls }, identity.stackId);

  // The address first: functions and headers carry it.
  let serve: RequestListener = (_, reply) => reply.writeHead(503).end('starting');
  const server = await listenLocally(port, (message, reply) => serve(message, reply));
  defer(() => server.close());
  const url = `http://localhost:${server.port}`;

  let onFeedback: ReturnType<typeof deployMailEvents> = () => {};
  const servers = await startServers({ stacks, identity, clock, dataPath, onFeedback: (...event) => onFeedback(...event) }, defer);
  const { database, queues, objects, users, mail } = servers;
  const [tables, queuesByName] = await Promise.all([deployTables(stacks, database.url), deployQueues(stacks, queues)]);
  for (const queue of queuesByName.values()) queueUrls.set(queue.name, queue.url);

  const toLocal = localAddresses({ site: url, objects: objects.url });
  const endpoints = endpointsOf(servers);
  const running: { close(): unknown }[] = [tables];
  // All at once: pollers stop asking, the sandboxes end, and with them what the pollers wait for.
  defer(() => Promise.all(running.map((part) => part.close())));
  const functions = deployFunctions(stacks, { templateDir, functionsDir, endpoints, toLocal, environment, log });
  const invoker = createAsyncInvoker(log.report);
  running.push(functions, invoker);

  onFeedback = deployMailEvents(stacks, { functions, clock, invoker });
  deployEventSources(
    stacks,
    {
      functions,
      clock,
      checkpoints: openCheckpoints(dataPath('streams.json')),
      database: { url: database.url, ...tables },
      queues: { server: queues, byName: queuesByName },
      objectsUrl: objects.url,
      report: log.report,
    },
    (poller) => running.push(poller),
  );
  running.push(deploySchedules(stacks, { functions, clock, invoker, report: log.report }));

  const devSite = await options.devSite?.(server.http);
  if (devSite) defer(() => devSite.close());
  const edge = createEdge({
    behaviours: readDistribution(stacks, toLocal),
    gateway: deployApi(stacks, { functions, jwksUrl: users.jwksUrl, clock }),
    site: createSiteFiles(options.webDir ?? path.join(templateDir, 'no-site')),
    devSite: devSite && ((message, reply) => devSite.handle(message, reply)),
  });
  const localPages = createLocalPages({ clock, mailbox: mail.mailbox, functions: functions.byEntry });
  serve = (message, reply) => {
    const handle = message.url?.startsWith(`${localRoot}/`) ? localPages : edge;
    handle(message, reply).catch((error: unknown) => {
      log.report(error);
      if (!reply.headersSent) reply.writeHead(502);
      reply.end();
    });
  };
  defer(() => server.close()); // the first to go: nothing new comes in while the rest ends
  return { url, clock, mail: mail.mailbox, functions: functions.byEntry, endpoints, tables: tables.names };
}

function endpointsOf({ database, objects, queues, mail, users }: Servers): Record<string, string> {
  return {
    DYNAMODB: database.url,
    S3: objects.url,
    SQS: queues.url,
    SESV2: mail.url,
    COGNITO_IDENTITY_PROVIDER: users.url,
  };
}
