// Trigger: the table's stream: records (`sk = A`), and what is written under them by hand.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { toInstant } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { armCounting, armDigests } from '../records/arming.ts';
import { watchPurchases } from '../records/churnWatch.ts';
import { deriveChanges } from '../records/derived.ts';
import { markDue } from '../records/dueMarks.ts';
import { showElsewhere } from '../records/elsewhere.ts';
import { follow, toChange, type Change } from '../records/follow.ts';
import { letFilesGo, toGone, type Gone } from '../records/goneFiles.ts';
import { handOver } from '../records/handover.ts';
import { indexChanges } from '../records/indexing.ts';
import { listWarnings } from '../records/openWarnings.ts';
import { armNews } from '../records/newsTimes.ts';
import { pinyin } from '../records/pinyin.ts';
import { tellFeed, toRemark, type Remark } from '../records/remarks.ts';
import { armReminders } from '../records/reminders.ts';
import { readDirectory } from '../runtime/directory.ts';
import { log, loggable } from '../runtime/log.ts';
import { systemContext } from '../runtime/systemContext.ts';
import { theDatabase, type Database } from '../table/database.ts';
import type { Item } from '../table/failures.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { goneLogos } from './logo.ts';
import { sendEffects } from './sendEffects.ts';
import { tellDeciders } from './tellDeciders.ts';
import { tellNews } from './tellNews.ts';
import { tellReaders } from './tellReaders.ts';

/** What one record of the stream tells: a record's change, a remark under one, or that files are gone. */
interface Told {
  readonly tenant: string;
  readonly sequence: string;
  readonly at: Instant;
  /** Id of the record. */
  readonly about: string;
  readonly change?: Change | undefined;
  readonly remark?: Remark | undefined;
  readonly gone?: Gone | undefined;
}

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
      const changes = mine.flatMap(({ change }) => change ?? []);
      const remarks = mine.flatMap(({ remark }) => remark ?? []);
      const directory = await readDirectory(db, table, mine.at(-1)!.at);
      const zone = String(directory.workspace?.['zone'] ?? 'UTC');
      const ctx = ({ at, after }: Change) => systemContext(table, { now: at, requestId: String(after?.['requestId'] ?? '') });
      await follow(table, changes, zone);
      await indexChanges(table, directory.shape, changes, pinyin);
      await showElsewhere(table, changes);
      await deriveChanges(table, changes);
      await handOver(ctx, changes);
      await watchPurchases({ db, table, zone, ctx }, changes);
      await listWarnings({ db, table, zone }, changes);
      await markDue(table, changes);
      await armDigests(db, table, changes);
      await armReminders(db, table, directory, changes);
      await armCounting(db, table, changes);
      await armNews(db, table, changes);
      // All of them, not only what was new: a try that failed here has followed them already.
      await sendEffects(tenant, changes);
      if (remarks.length) await tellFeed(table, remarks);
      await tellReaders(table, changes, remarks);
      await tellNews(tenant, directory, changes);
      await tellDeciders(tenant, directory, changes);
      await letFilesGo(table, [...mine.flatMap(({ gone }) => gone ?? []), ...goneLogos(changes)]);
    } catch (error) {
      log('error', 'changes not followed', { tenant, first: mine[0]!.about, ...loggable(error) });
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
  const at = toInstant(Number(dynamodb.ApproximateCreationDateTime ?? 0) * 1000);
  const change = toChange(before, after, at);
  const remark = change ? undefined : toRemark(before, after, at);
  const gone = toGone(before, after);
  const about = change?.id ?? remark?.on.id ?? gone?.id;
  const tenant = /^T#([^#]+)#/.exec((after ?? before)?.pk ?? '')?.[1];
  if (about === undefined || !tenant) return [];
  return [{ tenant, sequence: dynamodb.SequenceNumber, at: change?.at ?? at, about, change, remark, gone }];
}
