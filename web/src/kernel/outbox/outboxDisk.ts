import type { Line, WaitingEdit } from './queue.ts';

/** Where waiting edits outlive the tab. All tabs of a member share one. */
export interface OutboxDisk {
  /** Turns the line that lies there into the next one, in one step that no other tab comes between. @returns the next one */
  change(change: (line: Line) => Line): Promise<Line>;
  wipe(): Promise<void>;
}

/** On computers that are not the user's own nothing is kept. */
export const NO_OUTBOX_DISK: OutboxDisk = {
  change: () => Promise.reject(new Error('nothing is kept here')),
  wipe: async () => undefined,
};

const EDITS = 'edits';

/** The disk of a browser: one database for each member and workspace. */
export function indexedDbOutbox(name: string): OutboxDisk {
  let opened: Promise<IDBDatabase> | undefined;
  /** The line as this tab last saw it: what somebody wipes while it is open is put back. */
  let seen: Line = [];
  let isWiped = false;

  function database(): Promise<IDBDatabase> {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        isWiped = seen.length > 0;
        request.result.createObjectStore(EDITS);
      };
      request.onerror = () => reject(request.error ?? new Error('storage'));
      request.onsuccess = () => {
        const close = (): void => {
          request.result.close();
          opened = undefined;
        };
        request.result.onversionchange = close;
        request.result.onclose = close;
        resolve(request.result);
      };
    });
    opened.catch(() => (opened = undefined));
    return opened;
  }

  return {
    async change(change) {
      const db = await database();
      const transaction = db.transaction(EDITS, 'readwrite', { durability: 'strict' });
      const edits = transaction.objectStore(EDITS);
      const reading = edits.getAll();
      let next: Line = [];
      reading.onsuccess = () => {
        const stored = [...(isWiped ? seen : []), ...(reading.result as WaitingEdit[])].sort((a, b) => a.at - b.at);
        next = change(stored);
        if (next === stored && !isWiped) return;
        try {
          edits.clear();
          for (const one of next) edits.put(one, one.edit.key);
        } catch {
          transaction.abort();
        }
      };
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('storage'));
      });
      isWiped = false;
      seen = next;
      return next;
    },

    async wipe() {
      seen = [];
      const open = opened;
      opened = undefined;
      (await open?.catch(() => undefined))?.close();
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error('storage'));
      });
    },
  };
}
