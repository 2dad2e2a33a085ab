import { m } from '#messages';
import type { RecordExtension } from '../../records/extensions.svelte.ts';

/** How forms of news and of its drafts are parted: what is told, and how it is shown. */
export const newsGroups: NonNullable<RecordExtension['groups']> = [
  { id: 'news', title: m.news_group_content, fields: ['title', 'category', 'body', 'link'] },
  { id: 'shown', title: m.news_group_shown, fields: ['publishAt', 'shownUntil', 'pinned'] },
];
