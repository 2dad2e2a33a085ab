import { diff, sameValue } from '../../../../shared/kernel/diff.ts';
import { ownField, segmentOf, type AnyRecord, type Values } from '../../../../shared/kernel/record.ts';
import { ApiError, type Api } from '../api.ts';
import type { Replica } from './replica.svelte.ts';

/** Two people changed the same fields of a record. `mine` is what was to be written, `theirs` what stands there now. */
export interface Conflict {
  readonly type: string;
  readonly fields: readonly string[];
  readonly mine: Values;
  readonly theirs: AnyRecord;
}

export interface EditsWorld {
  readonly api: Api;
  readonly replica: Replica;
  readonly newId: (prefix: string) => string;
  /** Asks the user whose values count. */
  readonly decide: (conflict: Conflict) => Promise<'mine' | 'theirs'>;
  /** Something was written: the feed will soon tell what followed from it. */
  readonly onWritten: () => void;
}

export interface EditOptions {
  /** The server took it for a duplicate and the user knows better. */
  readonly allowDuplicate?: boolean;
  /** The record as the user saw it when he began; what others have changed since is no wish of his. */
  readonly seen?: AnyRecord | undefined;
}

/** A record in the bin, and its version there. */
export interface Removed {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/** Changes of records. They show at once, and one record's changes are sent one after the other. */
export class Edits {
  readonly #world: EditsWorld;
  readonly #lines = new Map<string, Promise<unknown>>();

  constructor(world: EditsWorld) {
    this.#world = world;
  }

  /** Creates a record; safe to repeat, for its id is made here. @throws ApiError with issues per field */
  async create(
    type: string,
    values: Values,
    { allowDuplicate, id }: Pick<EditOptions, 'allowDuplicate'> & { id?: string } = {},
  ): Promise<AnyRecord> {
    const { api, replica, newId } = this.#world;
    const { definition } = replica.type(type);
    const body = { id: id ?? newId(definition.idPrefix), ...values };
    const record = await api.post<AnyRecord>(segmentOf(definition), body, { repeatable: true, query: queryOf(allowDuplicate) });
    replica.accept(type, record);
    this.#world.onWritten();
    return record;
  }

  /**
   * Changes fields; null clears one. Shown at once, and taken back when the server refuses.
   * @returns the record as it stands then
   * @throws ApiError with issues per field; NetworkError
   */
  async update(type: string, id: string, change: Values, options: EditOptions = {}): Promise<AnyRecord> {
    const hide = this.#world.replica.type(type).show({ id, change });
    try {
      return await this.#inLine(id, () => this.#send(type, id, change, options));
    } finally {
      hide();
    }
  }

  /** Hides a record at once; `send` removes it, shows it again where the server refuses, and tells what brings it back. */
  remove(type: string, id: string): { readonly send: () => Promise<Removed> } {
    const { api, replica } = this.#world;
    const set = replica.type(type);
    const hide = set.show({ id, change: undefined });
    const send = async (): Promise<Removed> => {
      try {
        const version = await this.#inLine(id, async () => {
          const stood = (set.baseOf(id) ?? (await this.#read(type, id))).version;
          // Whoever removes and leaves has removed.
          await api.delete(`${segmentOf(set.definition)}/${id}`, { version: stood, keepalive: true });
          return stood + 1;
        });
        replica.acceptGone(type, id);
        this.#world.onWritten();
        return { type, id, version };
      } finally {
        hide();
      }
    };
    return { send };
  }

  /** Brings a removed record back. @throws ApiError unique.taken (409), record.notFound (404) after its days; NetworkError */
  async restore({ type, id, version }: Removed): Promise<AnyRecord> {
    const { api, replica } = this.#world;
    const path = `${segmentOf(replica.type(type).definition)}/${id}/restore`;
    const record = await this.#inLine(id, () => api.post<AnyRecord>(path, {}, { version }));
    replica.accept(type, record);
    this.#world.onWritten();
    return record;
  }

  async #send(type: string, id: string, change: Values, { allowDuplicate, seen }: EditOptions): Promise<AnyRecord> {
    const { api, replica } = this.#world;
    const set = replica.type(type);
    let base = set.baseOf(id) ?? (await this.#read(type, id));
    let left = await this.#settle(type, change, seen ?? base, base);
    for (;;) {
      if (!Object.keys(left).length) return base;
      try {
        const path = `${segmentOf(set.definition)}/${id}`;
        const record = await api.patch<AnyRecord>(path, left, { version: base.version, query: queryOf(allowDuplicate) });
        replica.accept(type, record);
        this.#world.onWritten();
        return record;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'record.stale') throw error;
        const now = (error.params['record'] as AnyRecord | undefined) ?? (await this.#read(type, id));
        replica.accept(type, now);
        left = await this.#settle(type, left, base, now);
        base = now;
      }
    }
  }

  /** What is left of a change when the record moved on. Where others changed other fields, both changes stand. */
  async #settle(type: string, change: Values, seen: AnyRecord, now: AnyRecord): Promise<Values> {
    const fields = disputed(seen, now, change);
    const { definition } = this.#world.replica.type(type);
    const isHidden = (name: string): boolean => ownField(definition, name)?.hidden === true;
    // Nobody can be asked about what no screen shows: it goes the way of the fields beside it, and alone the last one wins.
    const shown = fields.filter((name) => !isHidden(name));
    if (!shown.length) return change;
    const whose = await this.#world.decide({ type, fields: shown, mine: change, theirs: now });
    return whose === 'mine' ? change : without(change, [...fields, ...Object.keys(change).filter(isHidden)]);
  }

  #read(type: string, id: string): Promise<AnyRecord> {
    return this.#world.api.get<AnyRecord>(`${segmentOf(this.#world.replica.type(type).definition)}/${id}`);
  }

  /** Each change of a record waits for the one before, or they would refuse each other. */
  #inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const line = mine.catch(() => undefined).finally(() => this.#lines.get(id) === line && this.#lines.delete(id));
    this.#lines.set(id, line);
    return mine;
  }
}

const queryOf = (allowDuplicate: boolean | undefined) => (allowDuplicate ? { allowDuplicate: 'true' } : {});

/** Fields that both sides changed, each to something else. */
export function disputed(seen: AnyRecord, now: AnyRecord, mine: Values): string[] {
  const theirs = diff(seen, now);
  return Object.keys(mine).filter((name) => Object.hasOwn(theirs, name) && !sameValue(mine[name] ?? undefined, now[name]));
}

const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** The change that takes a change back, from the record as it was. */
export const inverseOf = (before: AnyRecord, change: Values): Values =>
  Object.fromEntries(Object.keys(change).map((name) => [name, before[name] ?? null]));
