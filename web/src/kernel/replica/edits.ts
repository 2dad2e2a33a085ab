import { applyChange } from '../../../../shared/kernel/diff.ts';
import type { AnyRecord, Values } from '../../../../shared/kernel/record.ts';
import { NetworkError } from '../api.ts';
import { sendEdit, type Edit, type SendWorld, type UpdateEdit } from './send.ts';
import { pendingOf } from './pending.ts';

/** Where edits wait that cannot reach the server. */
export interface Keeper {
  /** Whether an edit of that record has to wait: there is no network, or what was done before it has not been sent yet. */
  readonly mustWait: (edit: Edit, instead: string | undefined) => boolean;
  /** Whether such an edit may be kept at all. */
  readonly takes: (edit: Edit) => boolean;
  /** @param isTried  it may have arrived: its answer was lost */
  readonly keep: (edit: Edit, isTried: boolean) => Promise<void>;
  readonly discard: (key: string) => Promise<void>;
}

export interface EditsWorld extends SendWorld {
  readonly newId: (prefix: string) => string;
  readonly newKey: () => string;
  /** Who is at work, and when, for what is shown before the server has said so. */
  readonly stamp: () => { readonly by: string; readonly at: string };
  /** Something was written: the feed will soon tell what followed from it. */
  readonly onWritten: () => void;
  /** Without it an edit that cannot reach the server fails. */
  readonly keeper?: Keeper;
}

export interface EditOptions {
  /** The server took it for a duplicate and the user knows better. */
  readonly allowDuplicate?: boolean;
  /** The record as the user saw it when he began; what others have changed since is no wish of his. */
  readonly seen?: AnyRecord | undefined;
  /** Name of the waiting edit that this one is the correction of. */
  readonly instead?: string | undefined;
}

/** A record in the bin, and its version there. */
export interface Removed {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** As it was, where that is known. */
  readonly record?: AnyRecord | undefined;
}

/**
 * Changes of records. They show at once, and one record's changes are sent one after the other; what cannot reach the
 * server is kept where there is a keeper, and is then as good as done for whoever asked for it.
 */
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
    { allowDuplicate, id, instead }: Omit<EditOptions, 'seen'> & { id?: string } = {},
  ): Promise<AnyRecord> {
    const { replica, newId, newKey, stamp } = this.#world;
    const made = id ?? newId(replica.type(type).definition.idPrefix);
    const edit: Edit = { kind: 'create', key: newKey(), type, id: made, values, allowDuplicate };
    const record = await this.#carryOut(edit, instead);
    return record ?? pendingOf(edit, stamp()).made!;
  }

  /**
   * Changes fields; null clears one. Shown at once, and taken back when the server refuses.
   * @returns the record as it stands then
   * @throws ApiError with issues per field; NetworkError where it cannot be kept
   */
  async update(type: string, id: string, change: Values, { instead, ...options }: EditOptions = {}): Promise<AnyRecord> {
    const { replica, newKey, stamp } = this.#world;
    const set = replica.type(type);
    const shown = set.get(id);
    const edit: UpdateEdit = { kind: 'update', key: newKey(), type, id, change, ...options };
    const hide = set.show(pendingOf(edit, stamp()));
    try {
      const record = await this.#carryOut(edit, instead, { ...edit, seen: options.seen ?? shown });
      const { by, at } = stamp();
      return record ?? ({ ...applyChange(options.seen ?? shown ?? {}, change), id, updatedBy: by, updatedAt: at } as AnyRecord);
    } finally {
      hide();
    }
  }

  /** Hides a record at once; `send` removes it, shows it again where the server refuses, and tells what brings it back. */
  remove(type: string, id: string): { readonly send: () => Promise<Removed> } {
    const { replica, newKey, stamp } = this.#world;
    const set = replica.type(type);
    const record = set.get(id);
    const edit: Edit = { kind: 'remove', key: newKey(), type, id };
    const hide = set.show(pendingOf(edit, stamp()));
    const send = async (): Promise<Removed> => {
      try {
        let version = set.baseOf(id)?.version;
        await this.#carryOut(edit, undefined, { ...edit, version }, (sent) => (version = sent - 1));
        return { type, id, version: (version ?? 0) + 1, record };
      } finally {
        hide();
      }
    };
    return { send };
  }

  /** Brings a removed record back. @throws ApiError unique.taken (409), record.notFound (404) after its days; NetworkError */
  async restore({ type, id, version, record }: Removed): Promise<AnyRecord | undefined> {
    return this.#carryOut({ kind: 'restore', key: this.#world.newKey(), type, id, version, record }, undefined);
  }

  /**
   * Sends an edit, or keeps it.
   * @param kept  the same with what it needs to be sent much later
   * @returns the record as the server has it; undefined when the edit waits, or the record has gone
   */
  #carryOut(edit: Edit, instead: string | undefined, kept = edit, onSent?: (version: number) => void): Promise<AnyRecord | undefined> {
    const { keeper, onWritten } = this.#world;
    return this.#inLine(edit.id, async () => {
      let isTried = false;
      const takes = keeper?.takes(edit) === true;
      if (!takes || !keeper.mustWait(edit, instead)) {
        try {
          const { version, record } = await sendEdit(this.#world, edit);
          onSent?.(version);
          onWritten();
          if (instead !== undefined) await keeper?.discard(instead);
          return record;
        } catch (error) {
          if (!takes || !(error instanceof NetworkError)) throw error;
          isTried = true;
        }
      }
      await keeper.keep(kept, isTried);
      if (instead !== undefined) await keeper.discard(instead);
      return undefined;
    });
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

/** The change that takes a change back, from the record as it was. */
export const inverseOf = (before: AnyRecord, change: Values): Values =>
  Object.fromEntries(Object.keys(change).map((name) => [name, before[name] ?? null]));
