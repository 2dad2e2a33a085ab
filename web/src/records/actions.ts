import { m } from '#messages';
import type { AnyRecord, RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { reportError } from '../kernel/errors.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { inverseOf, type Removed } from '../kernel/replica/edits.ts';
import { session } from '../kernel/session.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { labelOf, titleOf, typeWord } from './types.ts';

/**
 * Changes a record at once; what was done can be taken back.
 * @param said  what was done, in words; the names of the fields unless given
 * @param undone  called with the record when it was taken back
 * @throws ApiError, NetworkError when the server did not take it; the record then shows its old values again
 */
export async function change(
  definition: RecordDefinition,
  record: AnyRecord,
  values: Values,
  said?: () => string,
  undone?: (record: AnyRecord) => void,
): Promise<void> {
  const { name } = definition;
  const after = await replica.update(name, record.id, values, { seen: record });
  // A colleague had changed the same, and his values were kept: there is nothing to take back.
  if (after.updatedBy !== session.data?.member.id) return;
  const fields = Object.keys(values);
  toasts.showUndo(said ?? (() => m.records_changed({ field: fields.map((field) => labelOf(definition, field)).join(', ') })), () =>
    tryTo(async () => {
      const back = await replica.update(name, record.id, inverseOf(record, values));
      undone?.(back);
    }),
  );
}

/** The same for several records, four at a time. Failures are told once. */
export const changeAll = (definition: RecordDefinition, records: readonly AnyRecord[], values: Values): Promise<void> =>
  changeEach(definition, records, () => values);

/** Changes several records, each in its own way. */
export async function changeEach(
  definition: RecordDefinition,
  records: readonly AnyRecord[],
  valuesOf: (record: AnyRecord) => Values,
): Promise<void> {
  const { name } = definition;
  const done: AnyRecord[] = [];
  let failure: unknown;
  const send = async (record: AnyRecord): Promise<void> => {
    try {
      await replica.update(name, record.id, valuesOf(record));
      done.push(record);
    } catch (error) {
      failure = error;
    }
  };
  await inLanes(records, send);
  if (failure !== undefined) reportError(failure);
  if (!done.length) return;
  toasts.showUndo(
    () => m.records_changed_many({ count: done.length }),
    () => tryTo(() => inLanes(done, (record) => replica.update(name, record.id, inverseOf(record, valuesOf(record))))),
  );
}

const LANES = 4;
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Removes records, all gone from sight at once; they can be brought back here, and out of the bin. */
export function remove(definition: RecordDefinition, records: readonly AnyRecord[]): void {
  const removals = records.map((record) => replica.remove(definition.name, record.id));
  const removed: Removed[] = [];
  const sent = eachOf(removals, async (removal) => void removed.push(await removal.send()));
  const [first] = records;
  toasts.showUndo(
    () =>
      records.length === 1 && first
        ? m.records_removed({ name: titleOf(definition, first) })
        : m.records_removed_many({ count: records.length, type: typeWord(definition, 'many') }),
    async () => {
      await sent;
      await eachOf(removed, (one) => replica.restore(one));
    },
  );
}

/** Does something to each, whatever becomes of the others. Failures are told once. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  await inLanes(items, (item) => work(item).catch((error: unknown) => void failures.push(error)));
  if (failures.length) reportError(failures[0]);
}

async function tryTo(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => reportError(error, () => tryTo(work)));
}
