import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Everything known about a stored object but its bytes. */
export interface StoredObject {
  size: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  /** Epoch milliseconds, whole seconds, as HTTP dates are. */
  modifiedAt: number;
  /** Sent back as they are: content-type, cache-control, x-amz-meta-*, x-amz-checksum-* … */
  headers: Record<string, string>;
}

export interface ListedObject extends Pick<StoredObject, 'size' | 'etag' | 'modifiedAt'> {
  key: string;
}

/** A body that lies on the disk but belongs to no object yet. */
interface StagedBody {
  blob: string;
}

export interface ObjectFiles {
  hasBucket(bucket: string): boolean;
  /** @returns false when it exists already */
  createBucket(bucket: string, at: number): boolean;
  find(bucket: string, key: string): StoredObject | undefined;
  /** Opens the bytes; they stay readable while the object is replaced or removed. The caller closes the descriptor. */
  open(bucket: string, key: string): { object: StoredObject; fd: number } | undefined;
  /** Writes a body to the disk; nothing is left behind when the source fails. */
  stage(chunks: AsyncIterable<Uint8Array>): Promise<StagedBody>;
  stageCopy(bucket: string, key: string): StagedBody | undefined;
  discard(body: StagedBody): void;
  /**
   * Makes a staged body the object, durable on return.
   * @param allow  looks at the object that is about to be replaced, and throws to refuse; the body is then discarded
   */
  put(bucket: string, key: string, body: StagedBody, object: StoredObject, allow?: (existing?: StoredObject) => void): void;
  remove(bucket: string, key: string): void;
  /** The first object under `prefix` whose key is after `after`, in the order of UTF-8 bytes. */
  next(bucket: string, prefix: string, after: Buffer): ListedObject | undefined;
  close(): void;
}

/**
 * Objects on disk: bodies are files of random names, everything else is one row in SQLite, and that row is the commit.
 *
 * So a key never becomes a path, whatever it contains; a body and its metadata change together; and a kill at any
 * moment leaves at worst a file that no row names, which the next start removes.
 */
export function openObjectFiles(dir: string): ObjectFiles {
  const blobs = path.join(dir, 'blobs');
  mkdirSync(blobs, { recursive: true });
  const db = new DatabaseSync(path.join(dir, 'index.db'));
  // Keys are blobs: S3 orders them by their UTF-8 bytes, and a text column would end at the first NUL.
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS objects (
      bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
      modifiedAt INTEGER NOT NULL, headers TEXT NOT NULL, blob TEXT NOT NULL,
      PRIMARY KEY (bucket, key)) WITHOUT ROWID;`);
  const selectBucket = db.prepare('SELECT 1 FROM buckets WHERE name = ?');
  const insertBucket = db.prepare('INSERT OR IGNORE INTO buckets VALUES (?, ?)');
  const select = db.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?');
  const replace = db.prepare('REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
  const selectNext = db.prepare(
    'SELECT key, size, etag, modifiedAt FROM objects WHERE bucket = ? AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT 1',
  );

  const file = (blob: string) => path.join(blobs, blob);
  const row = (bucket: string, key: string) => select.get(bucket, Buffer.from(key)) as ObjectRow | undefined;
  const discard = (body: StagedBody) => rmSync(file(body.blob), { force: true });
  const removeStrays = () => {
    const named = new Set(
      db
        .prepare('SELECT blob FROM objects')
        .all()
        .map((r) => r['blob']),
    );
    for (const blob of readdirSync(blobs)) if (!named.has(blob)) discard({ blob });
  };
  removeStrays();

  return {
    hasBucket: (bucket) => selectBucket.get(bucket) !== undefined,
    createBucket: (bucket, at) => insertBucket.run(bucket, at).changes === 1,
    find(bucket, key) {
      const found = row(bucket, key);
      return found && toObject(found);
    },
    open(bucket, key) {
      const found = row(bucket, key);
      return found && { object: toObject(found), fd: openSync(file(found.blob), 'r') };
    },
    async stage(chunks) {
      const body = { blob: randomUUID() };
      const handle = await open(file(body.blob), 'wx');
      try {
        for await (const chunk of chunks) await handle.appendFile(chunk);
        await handle.sync();
      } catch (error) {
        discard(body);
        throw error;
      } finally {
        await handle.close();
      }
      syncPath(blobs);
      return body;
    },
    stageCopy(bucket, key) {
      const source = row(bucket, key);
      if (!source) return undefined;
      const body = { blob: randomUUID() };
      copyFileSync(file(source.blob), file(body.blob));
      syncPath(file(body.blob));
      syncPath(blobs);
      return body;
    },
    discard,
    put(bucket, key, body, object, allow) {
      const replaced = row(bucket, key);
      try {
        allow?.(replaced && toObject(replaced));
        const { size, etag, modifiedAt, headers } = object;
        replace.run(bucket, Buffer.from(key), size, etag, modifiedAt, JSON.stringify(headers), body.blob);
      } catch (error) {
        discard(body);
        throw error;
      }
      if (replaced) discard(replaced);
    },
    remove(bucket, key) {
      const removed = row(bucket, key);
      if (!removed) return;
      remove.run(bucket, Buffer.from(key));
      discard(removed);
    },
    next(bucket, prefix, after) {
      const start = Buffer.from(prefix);
      const end = Buffer.concat([start, PAST_ANY_KEY]);
      const found = selectNext.get(bucket, after, start, end) as ListedRow | undefined;
      return found && { ...found, key: Buffer.from(found.key).toString() };
    },
    close: () => db.close(),
  };
}

/** No UTF-8 text contains this byte, so a prefix followed by it sorts after every key with that prefix. */
export const PAST_ANY_KEY = Buffer.from([0xff]);

interface ListedRow {
  key: Uint8Array;
  size: number;
  etag: string;
  modifiedAt: number;
}
interface ObjectRow extends ListedRow {
  headers: string;
  blob: string;
}

const toObject = ({ size, etag, modifiedAt, headers }: ObjectRow): StoredObject => ({
  size,
  etag,
  modifiedAt,
  headers: JSON.parse(headers) as Record<string, string>,
});

function syncPath(target: string): void {
  const fd = openSync(target, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
