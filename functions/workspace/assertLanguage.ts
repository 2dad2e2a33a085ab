import { invalid } from '../../shared/kernel/errors.ts';
import { isLanguageOpen } from '../../shared/workspace/languages.ts';
import type { Context } from '../records/context.ts';
import { readDirectory } from '../runtime/directory.ts';
import type { Database } from '../table/database.ts';

/**
 * Whether the company offers a language. Read from what is kept already: a language that was withdrawn half a minute ago
 * may be chosen once more, and goes on working as any that was withdrawn.
 * @param before  what stands there, and may stay
 * @throws AppError input.invalid (400)
 */
export async function assertLanguage(db: Database, ctx: Context, language: unknown, before?: unknown): Promise<void> {
  if (language === undefined || language === null || language === before) return;
  const { workspace } = await readDirectory(db, ctx.table, ctx.now);
  if (!isLanguageOpen(workspace ?? {}, language, before)) throw invalid([{ field: 'language', code: 'language.notOffered' }]);
}
