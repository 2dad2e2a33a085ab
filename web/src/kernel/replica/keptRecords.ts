import type { AnyRecord, RecordDefinition } from '../../../../shared/kernel/record.ts';
import type { DiskBatch } from './disk.ts';
import type { RecordSet } from './recordSet.svelte.ts';
import type { Change, Place, ReplicaWorld } from './world.ts';

/** What was not heard of for so long is loaded anew. */
const LONGEST_AWAY_MS = 14 * 86_400_000;

/**
 * The replica's copy on the disk: what may lie there, and from where a visit goes on. Nothing here ever throws: a full or
 * closed disk costs the next visit some loading, nothing more.
 */
export class KeptRecords {
  readonly #world: ReplicaWorld;
  #whole: ReadonlySet<string> = new Set();
  #isSaved = false;

  constructor(world: ReplicaWorld) {
    this.#world = world;
  }

  /** @returns the place in the feed up to which the disk knows everything; undefined when it is of no use */
  async open(): Promise<Place | undefined> {
    const { disk, place, isKept, nowMs } = this.#world;
    const stored = await disk.open().catch(() => undefined);
    if (!stored) return undefined;
    const isPast = isKept || stored.position <= place.position;
    const isUsable = stored.epoch === place.epoch && isPast && nowMs() - stored.syncedAt < LONGEST_AWAY_MS;
    if (!isUsable) return void (await this.wipe());
    this.#whole = new Set(stored.types);
    return stored;
  }

  /** All records of a type, where all of them are here. */
  async read(type: string): Promise<AnyRecord[] | undefined> {
    return this.#whole.has(type) ? this.#world.disk.read(type).catch(() => undefined) : undefined;
  }

  keepWhole(set: RecordSet, at: Place): Promise<void> {
    const whole = set.definition.name;
    if (!mayLieHere(set.definition)) return Promise.resolve();
    const put = [...set.base].map((record) => ({ type: whole, record }));
    return this.#write({ from: at.position, put, drop: [], whole }, at);
  }

  /** @param from  where the feed stood before these changes */
  async keepNews(from: number, items: readonly Change[], at: Place): Promise<void> {
    if (at.position === from && this.#isSaved) return;
    const put = items.flatMap(({ type, record }) => (record && mayLieHere(this.#world.definitionOf(type)) ? [{ type, record }] : []));
    const drop = items.flatMap(({ type, id, record }) => (record ? [] : [{ type, id }]));
    await this.#write({ from, put, drop }, at);
  }

  async wipe(): Promise<void> {
    this.#whole = new Set();
    await this.#world.disk.wipe().catch(() => undefined);
  }

  async #write(part: Pick<DiskBatch, 'from' | 'put' | 'drop' | 'whole'>, { position, epoch }: Place): Promise<void> {
    this.#isSaved = true;
    const { disk, nowMs } = this.#world;
    await disk.write({ ...part, to: position, epoch, syncedAt: nowMs() }).catch(() => undefined);
  }
}

/** A field that must not lie on a disk keeps its whole type off it. */
export const mayLieHere = ({ fields, derived }: RecordDefinition): boolean =>
  ![...Object.values(fields), ...Object.values(derived)].some(({ sensitivity }) => sensitivity === 'sensitive');
