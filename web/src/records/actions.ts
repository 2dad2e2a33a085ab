import { m } from '#messages';
import type { AnyRecord, RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { reportError } from '../kernel/errors.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { inverseOf } from '../kernel/replica/edits.ts';
import { session } from '../kernel/session.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { labelOf, titleOf, typeWord } from './types.ts';

/**
 * Changes a record at once; what was done can be taken back.
 * @param said  what was done, in words; the names of the fields unless given
 * @throws ApiError, NetworkError when the server did not take it; the record then shows its old values again
 */
export async function change(definition: RecordDefinition, record: AnyRecord, values: Values, said?: () => string): Promise<void> {
  const { name } = definition;
  const after = await replica.update(name, record.id, values, { seen: record });
  // A colleague had changed the same, and his values were kept: there is nothing to take back.
  if (after.updatedBy !== session.data?.member.id) return;
  const fields = Object.keys(values);
  toasts.showUndo(said ?? (() => m.records_changed({ field: fields.map((field) => labelOf(definition, field)).join(', ') })), () =>
    tryTo(() => replica.update(name, record.id, inverseOf(record, values))),
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

/** How long a removal can be called off; as long as its toast stays. */
const CALL_OFF_MS = 8_000;

/** Removes records: gone from sight at once, from the server when it can no longer be called off or the page is left. */
export function remove(definition: RecordDefinition, records: readonly AnyRecord[]): void {
  const removals = records.map((record) => replica.remove(definition.name, record.id));
  const stop = new AbortController();
  const send = (keepalive: boolean): void => {
    stop.abort();
    clearTimeout(timer);
    for (const removal of removals) removal.send({ keepalive }).catch((error: unknown) => reportError(error));
  };
  const timer = setTimeout(() => send(false), CALL_OFF_MS);
  // A page that is closed takes its timers along.
  addEventListener('pagehide', () => send(true), { signal: stop.signal });
  const [first] = records;
  toasts.showUndo(
    () =>
      records.length === 1 && first
        ? m.records_removed({ name: titleOf(definition, first) })
        : m.records_removed_many({ count: records.length, type: typeWord(definition, 'many') }),
    () => {
      stop.abort();
      clearTimeout(timer);
      for (const removal of removals) removal.undo();
    },
  );
}

async function tryTo(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => reportError(error, () => tryTo(work)));
}
