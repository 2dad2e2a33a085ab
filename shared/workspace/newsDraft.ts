import { instant } from '../kernel/fields/index.ts';
import { defineRecord, type RecordDefinition } from '../kernel/record.ts';
import type { Shape } from '../kernel/shape.ts';
import { withValueLists } from '../kernel/valueLists.ts';
import { news } from './news.ts';
import { NEWS_FIELDS } from './newsFields.ts';

/** News that is being written, or waits for its moment. Those who keep the news see it, nobody else. */
export const newsDraft = defineRecord({
  name: 'newsDraft',
  plural: 'newsDrafts',
  idPrefix: 'nwd',
  domain: 'workspace',
  label: { en: ['Draft of news', 'Drafts of news'], zh: '新闻草稿' },
  title: 'title',
  fields: {
    ...NEWS_FIELDS,
    // One list for both, which is that of the news.
    category: { ...NEWS_FIELDS.category, open: 'byShape' },
    /** When it publishes itself; absent, somebody does. */
    publishAt: instant({ en: 'Publish at', zh: '定时发布' }),
  },
  access: { group: 'news' },
  summary: ['category'],
  views: { list: ['title', 'category', 'publishAt', 'updatedBy', 'updatedAt'] },
  inShape: withCategories,
});

/** Drafts of a workspace: their categories are those that it has made for its news. */
function withCategories(definition: RecordDefinition, { valueLists }: Shape): RecordDefinition {
  const { category } = withValueLists(news as unknown as RecordDefinition, valueLists).fields;
  return { ...definition, fields: { ...definition.fields, category: { ...category!, open: 'byShape' } } };
}
