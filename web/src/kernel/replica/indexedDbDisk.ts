import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { nextState, type Disk, type DiskBatch, type DiskState } from './disk.ts';

const PREFIX = 'regulars:';
const RECORDS = 'records';
const STATE = 'state';
const HERE = 'here';

/**
 * The disk of a browser: one database per workspace, member and shape of the records. Others are removed when one is
 * opened: they belong to another member, or to a release before.
 */
export function indexedDbDisk(name: string): Disk {
  const own = PREFIX + name;
  let opened: Promise<IDBDatabase> | undefined;

  async function database(): Promise<IDBDatabase> {
    opened ??= openDatabase(own);
    return opened;
  }

  return {
    async open() {
      await removeOthers(own);
      const db = await database();
      return done(db.transaction(STATE).objectStore(STATE).get(HERE)) as Promise<DiskState | undefined>;
    },

    async read(type) {
      const db = await database();
      return done(db.transaction(RECORDS).objectStore(RECORDS).getAll(rangeOf(type))) as Promise<AnyRecord[]>;
    },

    async write(batch) {
      const db = await database();
      const transaction = db.transaction([STATE, RECORDS], 'readwrite', { durability: 'relaxed' });
      const states = transaction.objectStore(STATE);
      const reading = states.get(HERE);
      reading.onsuccess = () => change(transaction, reading.result as DiskState | undefined, batch);
      return finished(transaction);
    },

    async wipe() {
      const open = opened;
      opened = undefined;
      (await open?.catch(() => undefined))?.close();
      await removeOthers(undefined);
    },
  };
}

function change(transaction: IDBTransaction, stored: DiskState | undefined, batch: DiskBatch): void {
  const next = nextState(stored, batch);
  if (next === 'skip') return;
  const states = transaction.objectStore(STATE);
  const records = transaction.objectStore(RECORDS);
  if (next === 'reset') {
    states.clear();
    records.clear();
    return;
  }
  if (batch.whole !== undefined) records.delete(rangeOf(batch.whole));
  // Only types that are here whole are kept up to date.
  for (const { type, record } of batch.put) if (next.types.includes(type)) records.put(record, keyOf(type, record.id));
  for (const { type, id } of batch.drop) records.delete(keyOf(type, id));
  states.put(next, HERE);
}

const keyOf = (type: string, id: string): string => `${type}/${id}`;
const rangeOf = (type: string): IDBKeyRange => IDBKeyRange.bound(`${type}/`, `${type}/\uffff`);

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(RECORDS);
    request.result.createObjectStore(STATE);
  };
  return done(request).then((db) => {
    // Another tab wants it gone, as when its user signs out.
    db.onversionchange = () => db.close();
    return db;
  });
}

async function removeOthers(kept: string | undefined): Promise<void> {
  const all = await indexedDB.databases();
  const others = all.flatMap(({ name }) => (name?.startsWith(PREFIX) && name !== kept ? [name] : []));
  await Promise.all(others.map((name) => done(indexedDB.deleteDatabase(name))));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage'));
  });
}
