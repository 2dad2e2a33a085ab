import { can } from '../../shared/kernel/access.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { actorOf, type Directory } from '../runtime/directory.ts';
import { typeOf, type Context } from './context.ts';
import { getRecordItself } from './operations.ts';

/** Whether that member is at work here and may read the record. */
export function mayRead(directory: Directory, definition: RecordDefinition, record: AnyRecord, memberId: string): boolean {
  const actor = actorOf(directory, memberId);
  return actor !== undefined && can(actor, 'read', definition, record);
}

/** Members who may read a record: whom a note may mention. @throws AppError record.notFound (404) */
export async function listReaders(ctx: Context, directory: Directory, name: string, id: string): Promise<{ items: { id: string }[] }> {
  const record = await getRecordItself(ctx, name, id);
  const definition = typeOf(ctx, name);
  const ids = [...directory.members.keys()].filter((memberId) => mayRead(directory, definition, record, memberId));
  return { items: ids.map((memberId) => ({ id: memberId })) };
}
