import type { Context } from '../../../functions/records/context.ts';
import { listBin, restoreRecord } from '../../../functions/records/bin.ts';
import { createRecord, removeRecord } from '../../../functions/records/operations.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { customerOf, nthId } from './market.ts';

interface Ways {
  readonly ctx: () => Context;
  readonly secret: Buffer;
  readonly itemOf: (ctx: Context, type: string, id: string) => Promise<Item | undefined>;
  readonly note: (name: string, work: () => Promise<unknown>) => Promise<void>;
  readonly noteStream: (name: string, before: Item | undefined, after: Item | undefined) => Promise<void>;
}

const FIRST = 90_000;
/** As many as a page of the bin shows. */
const ON_A_PAGE = 50;

/** Into the bin and out of it, and a look at what is in it. */
export async function measureBin({ ctx, secret, itemOf, note, noteStream }: Ways): Promise<void> {
  const id = nthId('cus', FIRST);
  await createRecord(ctx(), 'customer', { ...customerOf(FIRST, 900), id });
  const made = await itemOf(ctx(), 'customer', id);
  await note('remove, 1 KB', () => removeRecord(ctx(), 'customer', id, 1));
  const removed = await itemOf(ctx(), 'customer', id);
  await noteStream('stream after a removal, 1 KB', made, removed);
  await note('bring back, 1 KB', () => restoreRecord(ctx(), 'customer', id, 2));
  await noteStream('stream after it came back, 1 KB', removed, await itemOf(ctx(), 'customer', id));
  for (let n = 1; n <= ON_A_PAGE; n++) {
    const another = nthId('cus', FIRST + n);
    await createRecord(ctx(), 'customer', { ...customerOf(FIRST + n, 900), id: another });
    await removeRecord(ctx(), 'customer', another, 1);
  }
  await note('first page of the bin', () => listBin(ctx(), secret, {}));
}
