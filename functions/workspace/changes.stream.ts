// Trigger: the table's stream, records only (`sk = A`).
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { toInstant } from '../../shared/kernel/dates.ts';
import { armCounting, armDigests } from '../records/arming.ts';
import { deriveChanges } from '../records/derived.ts';
import { follow, toChange, type Change } from '../records/follow.ts';
import { handOver } from '../records/handover.ts';
import { indexChanges } from '../records/indexing.ts';
import { pinyin } from '../records/pinyin.ts';
import { readDirectory } from '../runtime/directory.ts';
import { log, loggable } from '../runtime/log.ts';
import { systemContext } from '../runtime/systemContext.ts';
import { theDatabase, type Database } from '../table/database.ts';
import type { Item } from '../table/failures.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { sendEffects } from './sendEffects.ts';

type Told = { readonly tenant: string; readonly change: Change; readonly sequence: string };

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => readStream(theDatabase(), event);

/**
 * Makes of each batch what follows from it, one workspace after the other.
 * @returns the first record of a workspace whose changes failed: the stream tells again from there, and what was
 *   already counted is recognised by its version row
 * @throws Error when that is the batch's very first record: named, it would only come again with all that follows it,
 *   and in the end be given up with them; thrown, the batch is halved until the culprit is alone
 */
export async function readStream(db: Database, event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const told = event.Records.flatMap(toTold);
  const failures: string[] = [];
  for (const [tenant, mine] of Map.groupBy(told, (each) => each.tenant)) {
    try {
      const table = tenantTable(db, tenant);
      const changes = mine.map(({ change }) => change);
      const directory = await readDirectory(db, table, changes.at(-1)!.at);
      await follow(table, changes, String(directory.workspace?.['zone'] ?? 'UTC'));
      await indexChanges(table, directory.customFields, changes, pinyin);
      await deriveChanges(table, changes);
      await handOver(({ at, after }) => systemContext(table, { now: at, requestId: String(after?.['requestId'] ?? '') }), changes);
      await armDigests(db, table, changes);
      await armCounting(db, table, changes);
      // All of them, not only what was new: a try that failed here has followed them already.
      await sendEffects(tenant, changes);
    } catch (error) {
      log('error', 'changes not followed', { tenant, first: mine[0]!.change.id, ...loggable(error) });
      failures.push(mine[0]!.sequence);
    }
  }
  // A checkpoint is one position: of several workspaces that failed, the earliest record counts.
  const [first] = failures.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (event.Records.length > 1 && first !== undefined && first === event.Records[0]!.dynamodb?.SequenceNumber)
    throw new Error('a batch failed from its first record on');
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
}

function toTold({ dynamodb }: DynamoDBRecord): Told[] {
  if (!dynamodb?.SequenceNumber) return [];
  const image = (raw: unknown): Item | undefined => (raw ? (unmarshall(raw as Parameters<typeof unmarshall>[0]) as Item) : undefined);
  const [before, after] = [image(dynamodb.OldImage), image(dynamodb.NewImage)];
  const change = toChange(before, after, toInstant(Number(dynamodb.ApproximateCreationDateTime ?? 0) * 1000));
  const tenant = /^T#([^#]+)#/.exec((after ?? before)?.pk ?? '')?.[1];
  return change && tenant ? [{ tenant, change, sequence: dynamodb.SequenceNumber }] : [];
}
