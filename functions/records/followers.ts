import type { TenantTable } from '../table/tenantTable.ts';
import type { Directory } from '../runtime/directory.ts';
import { followerKey, recordKey } from '../table/keys.ts';
import { typeOf, type Context } from './context.ts';
import { getRecordItself } from './operations.ts';
import { mayRead } from './readers.ts';

const PREFIX = followerKey('', '', '').sk;

/** Whether somebody follows from now on. Done twice it is done once. @throws AppError record.notFound (404) */
export async function follow(ctx: Context, name: string, id: string): Promise<void> {
  await getRecordItself(ctx, name, id);
  await ctx.table.put({ ...followerKey(name, id, ctx.actor.memberId), at: ctx.now });
}

/** @throws AppError record.notFound (404) */
export async function unfollow(ctx: Context, name: string, id: string): Promise<void> {
  await getRecordItself(ctx, name, id);
  await ctx.table.writeMany([{ delete: followerKey(name, id, ctx.actor.memberId) }]);
}

/** Who follows a record and may still read it. @throws AppError record.notFound (404) */
export async function listFollowers(ctx: Context, directory: Directory, name: string, id: string): Promise<{ items: { id: string }[] }> {
  const record = await getRecordItself(ctx, name, id);
  const definition = typeOf(ctx, name);
  const ids = (await followersOf(ctx.table, name, id)).filter((memberId) => mayRead(directory, definition, record, memberId));
  return { items: ids.map((memberId) => ({ id: memberId })) };
}

/** Members who follow a record, be it that they may read it no longer. One page holds more than a firm has people. */
export async function followersOf(table: TenantTable, name: string, id: string): Promise<string[]> {
  const { items } = await table.query({ pk: recordKey(name, id).pk, startsWith: PREFIX });
  return items.map(({ sk }) => sk.slice(PREFIX.length));
}
