import { storeKey } from '../../../functions/records/files.ts';
import { FILE_ADDED } from '../../../shared/workspace/recordFile.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import type { SentFile } from '../ledger.ts';
import type { StoredItem } from '../memory/item.ts';
import type { Facts, Invariant } from './facts.ts';

/**
 * A file that is shown was announced as it is, has its bytes and was asked to be taken; one whose sender was told so is
 * shown, until somebody asks to have it taken away; and a record's timeline tells of each as often as it was taken.
 */
export const filesAreWhole: Invariant = (facts) => {
  const { firm, ledger, objects } = facts;
  const mine = new Map(ledger.files.filter(({ tenant }) => tenant === firm.tenant).map((file) => [file.id, file]));
  return [
    ...facts
      .items('', 'F#')
      .filter(({ state }) => state === 'ready')
      .flatMap((item) => {
        const file = mine.get(String(item['id']));
        if (!file?.completion) return [`file ${String(item['id'])} is shown, and nobody asked to have it taken`];
        const bytes = objects.get(storeKey(firm.tenant, file.type, file.on, file.id));
        const isWhole = item['name'] === file.name && item['size'] === file.bytes.length && bytes?.equals(file.bytes) === true;
        return isWhole ? [] : [`file ${file.id} is shown as ${String(item['name'])}, and holds ${bytes?.toString() ?? 'nothing'}`];
      }),
    ...[...mine.values()].flatMap((file) => [...faultsOfFate(facts, file), ...faultsOfRows(facts, file)]),
  ];
};

/** Held against every state the file was in: who was told something was told of one of them. */
function faultsOfFate(facts: Facts, { id, completion, removal, on }: SentFile): string[] {
  const states = statesOf(facts, id);
  const wasReady = states.some(({ after }) => after?.['state'] === 'ready');
  const isReady = states.at(-1)?.after?.['state'] === 'ready';
  const wasTaken = states.some(({ after }) => after?.['state'] === 'removed' || after?.['state'] === 'refused');
  const isRecordGone = !facts.live.some((record) => record.id === on);
  return [
    ...(completion === 'told' && !wasReady ? [`file ${id} was said to be taken, and never was`] : []),
    ...(wasReady && !isReady && !removal && !isRecordGone ? [`file ${id} is shown no longer, and nobody took it away`] : []),
    ...(removal === 'told' && !wasTaken ? [`file ${id} was said to be taken away, and never was`] : []),
  ];
}

function faultsOfRows(facts: Facts, { id, type, on }: SentFile): string[] {
  const times = statesOf(facts, id).filter(({ before, after }) => after?.['state'] === 'ready' && before?.['state'] !== 'ready').length;
  const rows = facts.items(`${type}#${on}`, 'L#').filter(({ row }) => (row as Values)['id'] === `${id}.${FILE_ADDED}`);
  return rows.length === times ? [] : [`file ${id} was taken ${times} times, and its record tells of ${rows.length}`];
}

const statesOf = ({ firm, store }: Facts, id: string): { before: StoredItem | undefined; after: StoredItem | undefined }[] =>
  store.changes.filter(({ key }) => key.sk === `F#${id}` && key.pk.startsWith(`T#${firm.tenant}#`));

/** What lies in the store belongs to a file beside a record; and what is shown to nobody has a day on which it goes. */
export const bytesGoWithTheirFiles: Invariant = ({ firm, items, objects }) => {
  const files = items('', 'F#');
  const keys = new Set(files.map(({ pk, sk }) => `${String(pk).slice('T#'.length).replaceAll('#', '/')}/${String(sk).slice('F#'.length)}`));
  return [
    ...[...objects.keys()]
      .filter((key) => key.startsWith(`${firm.tenant}/`) && !keys.has(key))
      .map((key) => `the bytes ${key} belong to nothing`),
    ...files
      .filter(({ state, expiresAt }) => state !== 'ready' && expiresAt === undefined)
      .map(({ id, state }) => `file ${String(id)} is ${String(state)} for ever`),
  ];
};
