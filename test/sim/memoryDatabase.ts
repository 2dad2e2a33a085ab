import type { Database } from '../../functions/table/database.ts';
import { answer, type Site } from './memory/commands.ts';
import type { Lag } from './memory/reads.ts';
import { Store } from './memory/store.ts';

/** A table in memory behind the product's seam to DynamoDB. It answers at once; faults and delays are wrapped around it. */
export interface MemoryDatabase extends Database {
  readonly store: Store;
}

const NO_LAG: Lag = { ofTable: () => 0, ofIndex: () => 0 };

/**
 * An empty table that behaves like DynamoDB towards everything the product sends, as the differential test shows.
 * @param now  milliseconds; only compared
 * @param lag  how old the state is that an eventually consistent read sees
 */
export function memoryDatabase({
  tableName = 'memory',
  now = () => 0,
  lag = NO_LAG,
}: { tableName?: string; now?: () => number; lag?: Lag } = {}): MemoryDatabase {
  const store = new Store(now);
  const site: Site = { store, tableName, lag };
  const send = async (command: { input: object }) => answer(site, command);
  return { store, tableName, send: send as unknown as Database['send'], wait: async () => {}, chance: () => 0 };
}
