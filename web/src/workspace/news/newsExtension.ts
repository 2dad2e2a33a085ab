import { m } from '#messages';
import type { RecordExtension } from '../../records/extensions.svelte.ts';
import { newsGroups } from './newsGroups.ts';

/** For its form: the page of news is its own. */
const extension: RecordExtension = { groups: newsGroups, hints: { shownUntil: m.news_hint_until, body: m.news_hint_body } };

export default extension;
