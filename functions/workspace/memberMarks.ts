import { invalid } from '../../shared/kernel/errors.ts';
import { MEMBER_MARKS, marksMoved, readMarks, type MemberMarks } from '../../shared/workspace/memberMarks.ts';
import type { Context } from '../records/context.ts';
import type { MemberRoute } from '../runtime/route.ts';
import type { Item } from '../table/failures.ts';
import { marksKey } from '../table/keys.ts';
import { marksApi } from './api.ts';

/** The marks of who asks. They lie beside his record, which governs: writing that makes everybody read everything anew. */
export const marksOf = async ({ table, actor }: Pick<Context, 'table' | 'actor'>): Promise<MemberMarks> =>
  toMarks(await table.get(marksKey(actor.memberId)));

const toMarks = (item: Item | undefined): MemberMarks =>
  Object.fromEntries(MEMBER_MARKS.flatMap((name) => (item?.[name] === undefined ? [] : [[name, String(item[name])]])));

/** @throws AppError input.invalid (400) */
async function setMarks(ctx: Context, body: unknown): Promise<MemberMarks> {
  const read = readMarks(body);
  if (!read.ok) throw invalid(read.issues);
  const before = await marksOf(ctx);
  const set = marksMoved(before, read.marks);
  if (!Object.keys(set).length) return before;
  return toMarks(await ctx.table.update({ update: marksKey(ctx.actor.memberId), set }));
}

export const marksRoute: MemberRoute = {
  method: 'PATCH',
  path: '/session/marks',
  access: { kind: 'member' },
  summary: 'Remember how far the caller has read, and what he has put away',
  api: marksApi,
  run: async (ctx, { body }) => ({ status: 200, body: await setMarks(ctx, body) }),
};
