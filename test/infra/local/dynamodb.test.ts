import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { DataInUseError } from '../../../infra/local/dataLock.ts';
import { createTableFromTemplate, startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { tableProperties } from '../../../infra/tableSchema.ts';
import { freshTable } from '../../support/database.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dynamodb-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const connect = (endpoint: string) =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
const item = { pk: { S: 'a' }, sk: { S: 'A' } };

describe('the shared test database', () => {
  it('gives each test a table with the product’s indexes and stream', async () => {
    const { client, tableName } = await freshTable();

    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));

    expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort()).toEqual(['byDue', 'byOwner', 'byParent', 'byType']);
    expect(Table?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
  });
});

describe('a database kept on disk', () => {
  it('refuses a second start, and loses nothing when its host is killed', { timeout: 30_000 }, async () => {
    // Given a host in its own process that has stored one item
    const host = spawn(process.execPath, [path.join(import.meta.dirname, 'databaseHost.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
    const started = JSON.parse(line) as { pid: number };

    // When another one asks for the same data
    const second = startDynamoDb({ dataDir });

    // Then it is told who has them
    await expect(second).rejects.toThrow(DataInUseError);
    await expect(second).rejects.toThrow(String(host.pid));

    // When the host is killed without a chance to tidy up
    host.kill('SIGKILL');
    await once(host, 'exit');

    // Then Java goes with it, the lock is free, and the item is there
    await expect.poll(() => isRunning(started.pid), { timeout: 5000 }).toBe(false);
    const database = await startDynamoDb({ dataDir, fast: true });
    const client = connect(database.url);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'kept', Key: item }));
    await createTableFromTemplate(client, tableProperties('kept')); // an existing table is left alone
    await database.close();
    expect(Item).toEqual(item);
    expect(journalMode()).toBe('wal');
    expect(isRunning(database.pid)).toBe(false);
  });

  it('tells in one sentence what to install when Java is missing', () => {
    const script = `import { startDynamoDb } from ${JSON.stringify(path.resolve('infra/local/dynamodb.ts'))};
      await startDynamoDb().catch((error) => console.log(error.name + ': ' + error.message));`;

    const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      env: { PATH: '/usr/bin-without-java', JAVA_HOME: '/nowhere' },
      encoding: 'utf8',
    });

    expect(output).toMatch(/^JavaMissingError: Java 17 or newer is needed[^\n]+\n$/);
  });
});

function journalMode() {
  const db = new DatabaseSync(path.join(dataDir, 'shared-local-instance.db'), { readOnly: true });
  const row = db.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  db.close();
  return row.journal_mode;
}

function isRunning(pid: number): boolean {
  try {
    // A killed process stays in the table as a zombie until its new parent looks.
    return !/^Z/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}
