import type { Option } from '../../../../shared/kernel/fields/index.ts';
import { wording } from '../../../../shared/kernel/types.ts';
import type { News } from '../../../../shared/workspace/news.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { fieldOf, typeOf } from '../../records/types.ts';

/** The categories that the workspace has, in its order. */
const categories = (): readonly Option[] => (fieldOf(typeOf('news'), 'category') as unknown as { options: readonly Option[] }).options;

/** A category in the reader's language. Reactive. */
export function categoryName(key: string): string {
  const option = categories().find((each) => each.key === key);
  return option ? wording(option.label, i18n.locale) : key;
}

/** Categories that something stands in, and how much. Reactive. */
export function categoriesIn(all: readonly News[]): { readonly key: string; readonly label: string; readonly count: number }[] {
  const counts = Map.groupBy<string, News>(all, ({ category }) => category);
  return categories().flatMap(({ key }) => {
    const count = counts.get(key)?.length ?? 0;
    return count ? [{ key, label: categoryName(key), count }] : [];
  });
}
