/** What a note costs: in the request, and in the stream while nobody follows the record. */
import type { Context } from '../../../functions/records/context.ts';
import { follow } from '../../../functions/records/followers.ts';
import { addNote } from '../../../functions/records/notes.ts';
import { createRecord } from '../../../functions/records/operations.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { timelineKey } from '../../../functions/table/keys.ts';
import { readDirectory } from '../../../functions/runtime/directory.ts';
import { idOf } from '../../support/desk.ts';

interface Tools {
  readonly ctx: () => Context;
  readonly note: (name: string, work: () => Promise<unknown>) => Promise<void>;
  readonly noteStream: (name: string, before: Item | undefined, after: Item | undefined) => Promise<void>;
}

export async function measureDiscussion({ ctx, note, noteStream }: Tools): Promise<void> {
  const { id } = await createRecord(ctx(), 'customer', { name: 'Talked about' });
  const directory = await readDirectory({}, ctx().table, ctx().now);
  const noteId = idOf('not', 1);
  let at = '';
  await note('write a note', async () => {
    ({ at } = await addNote(ctx(), directory, 'customer', id, { id: noteId, text: 'They want the green one.' }));
  });
  const item = await ctx().table.get(timelineKey('customer', id, at, noteId));
  await noteStream('stream after a note', undefined, { ...item!, updatedAt: at });
  await note('follow a record', () => follow(ctx(), 'customer', id));
}
