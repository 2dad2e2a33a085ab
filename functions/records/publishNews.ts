import { createHash } from 'node:crypto';
import { makeId } from '../../shared/kernel/ids.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { maskRecord } from '../../shared/kernel/access.ts';
import { planPublication } from '../../shared/workspace/newsPublication.ts';
import { recordKey } from '../table/keys.ts';
import { stale } from './commit.ts';
import { typeOf, type Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';
import { commitPlan, loadForChange } from './operations.ts';

/**
 * Publishes a draft as it stood in a version: the same version again is the same news.
 * @throws AppError record.notFound (404), record.stale (409) where the draft has changed since, access.denied (403)
 */
export async function publishNews(ctx: Context, draftId: string, version: number): Promise<AnyRecord> {
  const definition = typeOf(ctx, 'news');
  const id = newsIdOf(draftId, version);
  const there = await ctx.table.get(recordKey('news', id), { consistent: true });
  if (there && !isRemoved(there)) return maskRecord(ctx.actor, definition, toRecord(definition, there));
  const draft = await loadForChange(ctx, typeOf(ctx, 'newsDraft'), draftId);
  if (draft.version !== version) throw stale({ ...draft, version }, maskRecord(ctx.actor, typeOf(ctx, 'newsDraft'), draft));
  const [made] = await commitPlan(ctx, planPublication(draft, { id, now: ctx.now }));
  return maskRecord(ctx.actor, definition, made!);
}

/** Made of the draft and its version, and of nobody's clock: whoever publishes it, by hand or when its moment has come, makes the same. */
const newsIdOf = (draftId: string, version: number): string =>
  makeId('nws', 0, createHash('sha256').update(`${draftId} ${version}`).digest());
