/** The table's stream and its event source mapping: lanes in order, retries, halving, what is given up. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { deliverBatch } from '../../infra/local/streams/batchRetry.ts';
import type { FailedBatches } from '../../functions/workspace/maintenance.ts';
import type { Container } from './container.ts';
import type { StoredItem } from './memory/item.ts';
import type { Change } from './memory/store.ts';
import type { World } from './world.ts';

export type StreamReader = (container: Container, event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** Changes whose keys fall together, in order; closed once its shard was split. */
interface Lane {
  readonly name: string;
  readonly generation: number;
  readonly waiting: Change[];
  running: boolean;
}

/** As in the template. */
const RETRIES = 10;
const MOST_POISON = 2;
const SEQUENCE_DIGITS = 21;

export class StreamMapping {
  /** Batches that no retry brought through, as they would lie in the bucket of failed batches. */
  readonly failed = new Map<string, readonly Change[]>();
  /** Ids of records of which some change is followed after a later one. */
  readonly toldLate = new Set<string>();
  private lanes: Lane[];
  private generation = 0;
  private givenUp = 0;
  private readonly world: World;
  private readonly read: StreamReader;

  constructor(world: World, read: StreamReader) {
    this.world = world;
    this.read = read;
    this.lanes = this.newLanes(world.weather.lanes);
  }

  /** The event filter: records, what is written under them by hand, and files that are gone. */
  push(change: Change): void {
    const isFileGone = change.key.sk.startsWith('F#') && !change.after;
    if (change.key.sk !== 'A' && (change.after ?? change.before)?.['on'] === undefined && !isFileGone) return;
    const { calm, random, weather, poison } = this.world;
    if (!calm && poison.size < MOST_POISON && random.chance(weather.poisoned)) poison.add(poisonName(change.after ?? change.before!));
    if (weather.split && !calm && random.chance(0.01)) this.split();
    const open = this.lanes.filter(({ generation }) => generation === this.generation);
    const lane = open[spread(change.key.pk) % open.length]!;
    lane.waiting.push(change);
    this.wake();
  }

  /** Given-up batches as they lie in their bucket, for the operator's command. */
  readonly failedBatches: FailedBatches = {
    keys: () => this.failedKeys(),
    find: async (key) => {
      const batch = this.failed.get(key);
      return batch && { payload: JSON.stringify({ Records: batch.map(toRecord) }) };
    },
    remove: async (key) => void this.failed.delete(key),
  };

  private async *failedKeys(): AsyncGenerator<string> {
    for (const key of [...this.failed.keys()]) yield key;
  }

  /** A shard's children are read after everything that it holds itself. */
  private split(): void {
    this.generation++;
    this.lanes.push(...this.newLanes(this.world.random.int(1, 4)));
    this.world.trace.add(`${this.world.timeline.nowMs} stream splits`);
  }

  private newLanes(count: number): Lane[] {
    return Array.from({ length: count }, (_, i) => ({
      name: `${this.generation}.${i}`,
      generation: this.generation,
      waiting: [],
      running: false,
    }));
  }

  private wake(): void {
    this.lanes = this.lanes.filter(({ generation, waiting, running }) => generation === this.generation || waiting.length > 0 || running);
    const oldest = Math.min(
      ...this.lanes.filter(({ waiting, running }) => waiting.length > 0 || running).map(({ generation }) => generation),
    );
    for (const lane of this.lanes) if (lane.generation === oldest && !lane.running && lane.waiting.length) void this.work(lane);
  }

  private async work(lane: Lane): Promise<void> {
    const { timeline, random, weather } = this.world;
    lane.running = true;
    await timeline.sleep(random.int(20, 300));
    while (lane.waiting.length) {
      const batch = lane.waiting.slice(0, random.int(1, weather.batchSize));
      await this.deliver(batch, lane.name);
      // A checkpoint that was lost: the end of the batch, or all of it, is told once more.
      const again = !this.world.calm && random.chance(weather.redelivered) ? random.int(1, batch.length) : 0;
      lane.waiting.splice(0, batch.length - again);
      if (again) await this.deliver(lane.waiting.splice(0, again), `${lane.name} again`);
    }
    lane.running = false;
    this.wake();
  }

  private deliver(batch: Change[], lane: string): Promise<void> {
    const { world } = this;
    return deliverBatch(batch, {
      policy: { bisectBatchOnFunctionError: true, reportBatchItemFailures: true, maximumRetryAttempts: RETRIES },
      idOf: ({ sequence }) => sequenceNumber(sequence),
      invoke: async (changes) => {
        const container = world.idle('changes-stream');
        world.trace.add(`${world.timeline.nowMs} ${container.name} reads ${changes.length} of lane ${lane} from ${changes[0]!.sequence}`);
        try {
          const event = { Records: changes.map(toRecord) };
          return { ok: true, payload: JSON.stringify(await container.invoke(() => this.read(container, event))) };
        } catch (error) {
          return { ok: false, timedOut: false, error: { errorType: (error as Error).name, errorMessage: String(error) } as never };
        }
      },
      giveUp: async ({ batch: given }) => {
        this.failed.set(`batch-${(this.givenUp += 1)}`, given);
        if (given.length > 1) world.violation(`${given.length} changes were given up together`);
        for (const { before, after } of given) this.toldLate.add(String((after ?? before)!['id']));
        world.trace.add(`${world.timeline.nowMs} stream gives up ${given.map(({ sequence }) => sequence).join(' ')}`);
      },
      pause: (retry) => world.timeline.sleep(200 * 2 ** retry),
    });
  }
}

const poisonName = (item: StoredItem): string => `${String(item['pk'])}|${String(item['version']).padStart(10, '0')}`;

const sequenceNumber = (sequence: number): string => String(sequence).padStart(SEQUENCE_DIGITS, '0');

function toRecord({ sequence, key, before, after, atMs, expired }: Change): DynamoDBRecord {
  return asJson({
    eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
    dynamodb: {
      Keys: marshall(key) as never,
      SequenceNumber: sequenceNumber(sequence),
      ApproximateCreationDateTime: Math.floor(atMs / 1000),
      ...(before ? { OldImage: marshall(before) as never } : {}),
      ...(after ? { NewImage: marshall(after) as never } : {}),
    },
    ...(expired ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as never } : {}),
  });
}

/** Lambda hands events on as JSON, in which bytes are base64. */
const asJson = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_name, each: unknown) => (each instanceof Uint8Array ? Buffer.from(each).toString('base64') : each)),
  ) as T;

function spread(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) >>> 0;
  return sum;
}
