import { type ChildProcess, execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateTableCommand, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { TableProperties } from '../tableSchema.ts';
import { lockDataDir } from './dataLock.ts';
import { killAndWait, spawnGuarded } from './guardedProcess.ts';

/**
 * Amazon's DynamoDB Local. Only its `emulator` folder is used; the package's own dependencies are stubbed in
 * package.json. Its licence forbids passing the jar on: it stays a development dependency.
 */
const emulator = path.join(path.dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')), 'emulator');

export class JavaMissingError extends Error {
  override name = 'JavaMissingError';
}

export interface LocalDynamoDb {
  url: string;
  pid: number;
  close(): Promise<void>;
}

/**
 * Starts DynamoDB Local on a free port; it ends with this process, however that ends.
 * @param options.dataDir  keep the tables there (locked against a second start); absent: in memory
 * @param options.fast  start 0.4 s sooner, at half the speed once warm: right for tests, wrong for load
 * @throws JavaMissingError, DataInUseError
 */
export async function startDynamoDb(options: { dataDir?: string; fast?: boolean } = {}): Promise<LocalDynamoDb> {
  const { dataDir } = options;
  const unlock = dataDir === undefined ? () => {} : lockDataDir(dataDir);
  try {
    if (dataDir !== undefined) preferWriteAhead(dataDir);
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      const java = spawnJava(port, options);
      const failure = await readyOrFailure(java, port);
      if (failure === undefined) return handle(java, port, unlock);
      await killAndWait(java);
      // Another process may take the port between our look and Java's bind.
      if (failure !== 'port taken' || attempt === 5) throw new Error(`DynamoDB Local did not start: ${failure}`);
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

/** @throws JavaMissingError when there is none to run */
export function assertJava(): Promise<void> {
  return new Promise((resolve, reject) => {
    // On a Mac without Java the command exists and fails.
    execFile(javaCommand(), ['-version'], (cause) => (cause ? reject(javaMissing(cause)) : resolve()));
  });
}

/** Creates the table of an `AWS::DynamoDB::Table`; one that exists already is left as it is. */
export async function createTableFromTemplate(client: DynamoDBClient, properties: TableProperties): Promise<string> {
  const { TableName, StreamSpecification, GlobalSecondaryIndexes } = properties;
  if (!TableName) throw new Error('a table needs a TableName');
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
        ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  // No UpdateTimeToLive: the emulator's own sweeper gets stuck on the first expired item that lacks any index key,
  // which in a table with sparse indexes is nearly each. timeToLive.ts sweeps instead.
  return TableName;
}

/** Write-ahead mode makes writes 2–3 times faster; it is kept in the file, which Java opens as it finds it. */
function preferWriteAhead(dataDir: string): void {
  const db = new DatabaseSync(path.join(dataDir, 'shared-local-instance.db'));
  db.exec('PRAGMA journal_mode = WAL');
  db.close();
}

function javaCommand(): string {
  const home = process.env['JAVA_HOME'];
  return home ? path.join(home, 'bin', 'java') : 'java';
}

function javaMissing(cause: Error): JavaMissingError {
  return new JavaMissingError(
    'Java 17 or newer is needed for the local database: install it (Debian: apt-get install -y openjdk-17-jre-headless) or set JAVA_HOME.',
    { cause },
  );
}

function spawnJava(port: number, { dataDir, fast }: { dataDir?: string; fast?: boolean }): ChildProcess {
  const jvm = ['-Xmx1g', '-XX:+UseSerialGC', ...(fast ? ['-XX:TieredStopAtLevel=1'] : [])];
  return spawnGuarded(
    javaCommand(),
    [
      ...jvm,
      `-Djava.library.path=${path.join(emulator, 'DynamoDBLocal_lib')}`,
      ...['-jar', path.join(emulator, 'DynamoDBLocal.jar')],
      ...['-port', String(port), '-sharedDb', '-disableTelemetry'],
      ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', path.resolve(dataDir)]),
    ],
    // It drops a metadata file into its working directory.
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: dataDir ?? os.tmpdir() },
  );
}

/** Undefined once the port answers; otherwise why it will not. */
async function readyOrFailure(java: ChildProcess, port: number): Promise<string | undefined> {
  let log = '';
  let ended: string | undefined;
  const note = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-2000));
  java.stdout!.on('data', note);
  java.stderr!.on('data', note);
  let missing: JavaMissingError | undefined;
  java.once('error', (cause) => {
    missing = javaMissing(cause);
  });
  java.once('exit', (code) => (ended = `Java ended with ${code}: ${log}`));
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(25)) {
    if (missing) throw missing;
    // It prints a stack trace and keeps running without a port.
    if (/Failed to bind|Address already in use/.test(log)) return 'port taken';
    if (ended !== undefined) return ended;
    if (await answers(port)) return undefined;
  }
  return `no answer within 30 s: ${log}`;
}

function handle(java: ChildProcess, port: number, unlock: () => void): LocalDynamoDb {
  // A program that ends without closing is not kept alive by its database.
  java.unref();
  for (const pipe of [java.stdout, java.stderr] as net.Socket[]) pipe.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    pid: java.pid!,
    async close() {
      await killAndWait(java); // SQLite and the in-memory mode alike lose nothing that was answered
      unlock();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
