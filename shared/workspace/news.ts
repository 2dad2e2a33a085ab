import { instant, ref } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';
import { NEWS_FIELDS } from './newsFields.ts';

/**
 * What everybody of the workspace is told. It is made by publishing a draft, which is a record of another type: rights know
 * types and owners, so nothing that is not published can reach a reader, neither by list, feed, search nor history.
 */
export const news = defineRecord({
  name: 'news',
  plural: 'news',
  idPrefix: 'nws',
  domain: 'workspace',
  label: { en: ['News item', 'News'], zh: '新闻' },
  title: 'title',
  fields: {
    ...NEWS_FIELDS,
    publishedAt: instant({ en: 'Published at', zh: '发布时间' }, { required: true, readOnly: true }),
    authorId: ref('member', { en: 'Author', zh: '作者' }, { readOnly: true }),
  },
  access: { group: 'news', actions: { read: 'structure' } },
  operations: ['read', 'update', 'remove'],
  summary: ['category', 'publishedAt'],
  views: { list: ['title', 'category', 'publishedAt', 'authorId', 'pinned', 'shownUntil'] },
});
export type News = RecordOf<typeof news>;
