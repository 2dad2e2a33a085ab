import Send from '@lucide/svelte/icons/send';
import { m } from '#messages';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { newsDraft } from '../../../../shared/workspace/newsDraft.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { reportError } from '../../kernel/errors.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { router } from '../../kernel/router.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';
import type { RecordExtension } from '../../records/extensions.svelte.ts';
import { confirm } from '../../ui/confirm.svelte.ts';
import { newsGroups } from './newsGroups.ts';
import DraftNotice from './DraftNotice.svelte';

/** Asked first: what many have read cannot be taken back from them. */
async function publish(draft: AnyRecord): Promise<void> {
  const title = String(draft['title']);
  const sure = await confirm({ title: () => m.news_publish_ask({ title }), text: m.news_publish_text, action: m.news_publish });
  if (!sure) return;
  try {
    const options = { version: draft.version, idempotencyKey: `publish-${draft.id}-${draft.version}` };
    const made = await api.post<AnyRecord>(`news-drafts/${draft.id}/publish`, {}, options);
    replica.accept('news', made);
    await router.goto(`/news/${made.id}`, { replace: true });
    replica.expectNews();
    toasts.show(() => m.news_published({ title }), { tone: 'good' });
  } catch (error) {
    reportError(error, () => publish(draft));
  }
}

const extension: RecordExtension = {
  actions: (record) =>
    session.may('update', newsDraft, record) ? [{ title: m.news_publish, icon: Send, run: () => void publish(record) }] : [],
  notice: DraftNotice,
  emptyText: m.news_drafts_empty,
  groups: newsGroups,
  hints: { publishAt: m.news_hint_publish_at, shownUntil: m.news_hint_until, body: m.news_hint_body },
};

export default extension;
