import { diff, sameValue } from '../../../../shared/kernel/diff.ts';
import { ownField, segmentOf, type AnyRecord, type Values } from '../../../../shared/kernel/record.ts';
import { ApiError, type Api } from '../api.ts';
import type { Replica } from './replica.svelte.ts';

interface Named {
  /** Names this wish through all its tries: the server takes one that it has carried out already for done. */
  readonly key: string;
  readonly type: string;
  readonly id: string;
}
export interface CreateEdit extends Named {
  readonly kind: 'create';
  readonly values: Values;
  readonly allowDuplicate?: boolean | undefined;
}
export interface UpdateEdit extends Named {
  readonly kind: 'update';
  /** Null clears. */
  readonly change: Values;
  /** The record as the user saw it when he began; what others have changed since is no wish of his. */
  readonly seen?: AnyRecord | undefined;
  readonly allowDuplicate?: boolean | undefined;
}
export interface RemoveEdit extends Named {
  readonly kind: 'remove';
  /** The one that is to go; unless given, the one that stands when it is sent. */
  readonly version?: number | undefined;
}
export interface RestoreEdit extends Named {
  readonly kind: 'restore';
  /** Of the record in the bin. */
  readonly version: number;
  /** As it was, where that is known. */
  readonly record?: AnyRecord | undefined;
}

/** What a user wants done with one record: sent at once, or kept until there is a network. Plain data. */
export type Edit = CreateEdit | UpdateEdit | RemoveEdit | RestoreEdit;

/** Two people changed the same fields of a record. `mine` is what was to be written, `theirs` what stands there now. */
export interface Conflict {
  readonly type: string;
  readonly fields: readonly string[];
  readonly mine: Values;
  readonly theirs: AnyRecord;
  /** What is left of `mine` when their values stay. */
  readonly rest: Values;
  /** Nothing is lost when nobody answers: the question comes again. */
  readonly mayWait?: boolean;
}

/** What became of an edit: the version that stands now, and the record unless it has gone. */
export interface Sent {
  readonly version: number;
  readonly record?: AnyRecord;
}

export interface SendWorld {
  readonly api: Api;
  readonly replica: Replica;
  /** Asks whose values count. What it throws ends the sending. */
  readonly decide: (conflict: Conflict) => Promise<'mine' | 'theirs'>;
}

/**
 * Carries out one edit, and takes what the server answers into the replica. May be repeated: it counts once.
 * @throws ApiError with issues per field; NetworkError, after which it is not known whether it arrived
 */
export async function sendEdit(world: SendWorld, edit: Edit): Promise<Sent> {
  const { api, replica } = world;
  const { type, id, key } = edit;
  const { definition } = replica.type(type);
  const segment = segmentOf(definition);
  switch (edit.kind) {
    case 'create': {
      const options = { idempotencyKey: key, query: queryOf(edit.allowDuplicate) };
      return taken(world, type, await api.post<AnyRecord>(segment, { id, ...edit.values }, options));
    }
    case 'update':
      return sendUpdate(world, edit);
    case 'remove': {
      const version = edit.version ?? (await standing(world, type, id)).version;
      // Whoever removes and leaves has removed.
      await api.delete(`${segment}/${id}`, { version, idempotencyKey: key, keepalive: true });
      replica.acceptGone(type, id);
      return { version: version + 1 };
    }
    case 'restore': {
      const options = { version: edit.version, idempotencyKey: key };
      return taken(world, type, await api.post<AnyRecord>(`${segment}/${id}/restore`, {}, options));
    }
    default:
      return edit satisfies never;
  }
}

async function sendUpdate(world: SendWorld, { key, type, id, change, seen, allowDuplicate }: UpdateEdit): Promise<Sent> {
  const { api, replica } = world;
  const path = `${segmentOf(replica.type(type).definition)}/${id}`;
  let base = await standing(world, type, id);
  let left = await settle(world, type, change, seen ?? base, base);
  for (;;) {
    if (!Object.keys(left).length) return { version: base.version, record: base };
    try {
      const options = { version: base.version, idempotencyKey: key, query: queryOf(allowDuplicate) };
      return taken(world, type, await api.patch<AnyRecord>(path, left, options));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'record.stale') throw error;
      const now = (error.params['record'] as AnyRecord | undefined) ?? (await api.get<AnyRecord>(path));
      replica.accept(type, now);
      // What stands there already, as after a try whose answer was lost, is not written a second time.
      left = open(await settle(world, type, left, base, now), now);
      base = now;
    }
  }
}

/** What is left of a change when the record moved on. Where others changed other fields, both changes stand. */
async function settle({ replica, decide }: SendWorld, type: string, change: Values, seen: AnyRecord, now: AnyRecord): Promise<Values> {
  const fields = disputed(seen, now, change);
  const { definition } = replica.type(type);
  const isHidden = (name: string): boolean => ownField(definition, name)?.hidden === true;
  // Nobody can be asked about what no screen shows: it goes the way of the fields beside it, and alone the last one wins.
  const shown = fields.filter((name) => !isHidden(name));
  if (!shown.length) return change;
  const rest = without(change, [...fields, ...Object.keys(change).filter(isHidden)]);
  const whose = await decide({ type, fields: shown, mine: change, theirs: now, rest });
  return whose === 'mine' ? change : rest;
}

function taken({ replica }: SendWorld, type: string, record: AnyRecord): Sent {
  replica.accept(type, record);
  return { version: record.version, record };
}

/** The record as the server has it, as far as it is known here. */
async function standing({ api, replica }: SendWorld, type: string, id: string): Promise<AnyRecord> {
  const set = replica.type(type);
  return set.baseOf(id) ?? (await api.get<AnyRecord>(`${segmentOf(set.definition)}/${id}`));
}

const queryOf = (allowDuplicate: boolean | undefined) => (allowDuplicate ? { allowDuplicate: 'true' } : {});

/** Fields that both sides changed, each to something else. */
export function disputed(seen: AnyRecord, now: AnyRecord, mine: Values): string[] {
  const theirs = diff(seen, now);
  return Object.keys(mine).filter((name) => Object.hasOwn(theirs, name) && !sameValue(mine[name] ?? undefined, now[name]));
}

/** The part of a change that is not so yet. */
const open = (change: Values, now: AnyRecord): Values =>
  Object.fromEntries(Object.entries(change).filter(([name, value]) => !sameValue(value ?? undefined, now[name])));

const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
