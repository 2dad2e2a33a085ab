import type { AnyRecord, RecordDefinition } from '../../../../shared/kernel/record.ts';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import type { Page } from '../../../../shared/kernel/page.ts';
import { ApiError, NetworkError } from '../api.ts';
import { KeptRecords } from './keptRecords.ts';
import { RecordSet } from './recordSet.svelte.ts';
import type { Changes, Place, ReplicaWorld, TabNews } from './world.ts';

const PER_PAGE = 200;
/** Enough for the first screen: a slow network brings it in a quarter of the time. */
const FIRST_PAGE = 50;
/**
 * While a type is loaded, its rows are shown again each time they have grown by this share: whoever shows them sorts and
 * counts them all, and for each of 250 pages that would be most of the work.
 */
const STEP = 0.1;
/** More rows of a type than a page of the browser should hold; lists then ask the server. */
const MOST_ROWS = 50_000;

/**
 * How many types were ever asked for. State that is made in the middle of a drawing counts as that drawing's own and does
 * not redraw it; this is older than any drawing, and moves a moment after each making.
 */
let made = $state(0);

/**
 * The records this person may see, by type: loaded once, kept up to date from the feed of changes, and kept on the disk
 * where that is allowed. A type is loaded when it is first asked for.
 */
export class Replica {
  readonly #world: ReplicaWorld;
  readonly #sets = new Map<string, RecordSet>();
  readonly #prepared = new Map<string, RecordSet>();
  readonly #loading = new Map<string, Promise<void>>();
  /** Records the feed took away: a page that was read a moment before must not bring them back. */
  readonly #gone = new Set<string>();
  /** Sets whose rows are older than the place in the feed. */
  readonly #outdated = new Set<RecordSet>();
  readonly #kept: KeptRecords;
  #place: Place;
  #opening: Promise<void> | undefined;
  #following: Promise<void> | undefined;
  #closed = false;

  constructor(world: ReplicaWorld) {
    this.#world = world;
    this.#kept = new KeptRecords(world);
    this.#place = world.place;
  }

  /**
   * Makes room for types before anything is drawn with them: a computation does not follow state that was made while it
   * ran, and a page would not see what comes later.
   */
  prepare(definitions: readonly RecordDefinition[]): void {
    for (const definition of definitions) this.#prepared.set(definition.name, new RecordSet(definition));
  }

  /** The records of a type; asks for them on first use. Reactive. */
  type(name: string): RecordSet {
    void made;
    let set = this.#sets.get(name);
    if (!set) {
      this.#sets.set(name, (set = new RecordSet(this.#world.definitionOf(name))));
      // Not now: whoever asks may be in the middle of drawing, where no state may change.
      queueMicrotask(() => {
        made++;
        void this.#load(name);
      });
    }
    return set;
  }

  /** The records of a type that was asked for before. Reactive. */
  known(name: string): RecordSet | undefined {
    void made;
    return this.#sets.get(name);
  }

  /** Loads what failed to load. */
  async retry(name: string): Promise<void> {
    const set = this.type(name);
    if (set.state !== 'failed') return;
    set.state = 'loading';
    await this.#load(name);
  }

  /** Settles when everything asked for is here, or could not be had. */
  async settled(): Promise<void> {
    // Whoever has just asked is heard first.
    await Promise.resolve();
    await Promise.all(this.#loading.values());
  }

  /** Takes what a write was answered with, before the feed tells of it. */
  accept(type: string, record: AnyRecord): void {
    this.hear({ type, record });
    this.#world.tell({ type, record });
  }

  acceptGone(type: string, id: string): void {
    this.hear({ type, gone: id });
    this.#world.tell({ type, gone: id });
  }

  /** Takes a page that was read beyond what is kept here; what the feed took away meanwhile stays away. */
  take(type: string, page: readonly AnyRecord[]): void {
    this.#sets.get(type)?.put(this.#withoutGone(page));
  }

  /** Takes what another tab has written. */
  hear(news: TabNews): void {
    const set = this.#sets.get(news.type);
    if (!set) return;
    if ('record' in news) {
      this.#gone.delete(news.record.id);
      return set.put([news.record]);
    }
    this.#gone.add(news.gone);
    set.drop([news.gone]);
  }

  /** Fetches what has changed since. One at a time; a call while one runs waits for the same. */
  follow(): Promise<void> {
    this.#following ??= this.#follow().finally(() => (this.#following = undefined));
    return this.#following;
  }

  /** Forgets everything, on disk too. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const set of this.#sets.values()) set.replace([]);
    await this.#kept.wipe();
  }

  /** Finds the place on disk from which this visit goes on. */
  #open(): Promise<void> {
    this.#opening ??= this.#kept.open().then((place) => void (this.#place = place ?? this.#place));
    return this.#opening;
  }

  #load(name: string): Promise<void> {
    let loading = this.#loading.get(name);
    if (!loading) {
      loading = this.#loadNow(name).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    return loading;
  }

  async #loadNow(name: string): Promise<void> {
    const set = this.#sets.get(name)!;
    await this.#open();
    const rows = await this.#kept.read(name);
    if (rows) {
      set.put(rows);
      set.state = 'complete';
      return this.follow().catch(() => undefined);
    }
    let held: AnyRecord[] = [];
    const take = (page: readonly AnyRecord[], isLast: boolean): void => {
      held = [...held, ...page];
      if (!isLast && held.length < STEP * set.rows.length) return;
      set.put(this.#withoutGone(held));
      held = [];
    };
    if (await this.#fetch(set, take)) await this.#kept.keepWhole(set, this.#place);
  }

  /**
   * All pages of a type. Never throws: the set tells what went wrong.
   * @returns whether all of it is here now
   */
  async #fetch(set: RecordSet, take: (page: readonly AnyRecord[], isLast: boolean) => void): Promise<boolean> {
    const { epoch } = this.#place;
    try {
      let cursor: string | undefined;
      let read = 0;
      const isLast = (): boolean => cursor === undefined || read >= MOST_ROWS;
      do {
        const query = { limit: cursor === undefined ? FIRST_PAGE : PER_PAGE, cursor };
        const page: Page<AnyRecord> = await this.#world.api.get(segmentOf(set.definition), { query });
        if (this.#closed || epoch !== this.#place.epoch) return false;
        read += page.items.length;
        cursor = page.cursor;
        take(page.items, isLast());
      } while (!isLast());
      set.state = cursor === undefined ? 'complete' : 'partial';
      set.failure = undefined;
      return cursor === undefined;
    } catch (error) {
      set.failure = error;
      // What is shown already stays: only a set that has nothing yet has failed.
      if (set.state === 'loading') set.state = 'failed';
      return false;
    }
  }

  async #follow(): Promise<void> {
    await this.#open();
    for (const set of this.#outdated) await this.#fetchAnew(set);
    for (let more = true; more && !this.#closed;) {
      const since = this.#place.position;
      const changes = await this.#changesSince(since);
      if (this.#closed) return;
      if (!changes || changes.epoch !== this.#place.epoch || changes.position < since) return this.#reload();
      await this.#apply(changes, since);
      more = changes.more;
    }
    // The server answers again: what could not be had without it is asked for once more.
    for (const [name, { state, failure }] of this.#sets) if (state === 'failed' && failure instanceof NetworkError) void this.retry(name);
  }

  /** @returns undefined when the feed no longer reaches back so far */
  async #changesSince(since: number): Promise<Changes | undefined> {
    try {
      return await this.#world.api.get<Changes>('changes', { query: { since } });
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return undefined;
      throw error;
    }
  }

  async #apply({ items, position, epoch }: Changes, since: number): Promise<void> {
    for (const [type, changed] of Map.groupBy(items, ({ type }) => type)) {
      const gone = changed.filter(({ record }) => !record).map(({ id }) => id);
      for (const id of gone) this.#gone.add(id);
      for (const { id, record } of changed) if (record) this.#gone.delete(id);
      const set = this.#sets.get(type);
      set?.put(changed.flatMap(({ record }) => record ?? []));
      set?.drop(gone);
      set?.hear(changed.map(({ id }) => id));
    }
    this.#place = { position, epoch };
    await this.#kept.keepNews(since, items, this.#place);
  }

  /** Everything anew: rights have changed, or the feed has moved on too far. What may no longer be seen goes. */
  async #reload(): Promise<void> {
    this.#place = await this.#world.refresh();
    await this.#kept.wipe();
    await Promise.all([...this.#sets.values()].map((set) => this.#fetchAnew(set)));
  }

  /** Puts what the server has now in the place of what is here; what may no longer be seen goes. */
  async #fetchAnew(set: RecordSet): Promise<void> {
    this.#outdated.add(set);
    const rows: AnyRecord[] = [];
    const whole = await this.#fetch(set, (page) => rows.push(...page));
    const denied = set.failure instanceof ApiError && [403, 404].includes(set.failure.status);
    // Without an answer the old rows stay until the next try.
    if (set.failure !== undefined && !denied) return;
    this.#outdated.delete(set);
    set.replace(denied ? [] : rows);
    if (whole) await this.#kept.keepWhole(set, this.#place);
  }

  #withoutGone(page: readonly AnyRecord[]): readonly AnyRecord[] {
    return page.filter(({ id }) => !this.#gone.has(id));
  }
}
