import { m } from '#messages';
import type { Member } from '../../../../shared/workspace/member.ts';
import type { Notification, NoticeKind } from '../../../../shared/workspace/notification.ts';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import { findDefinition } from '../../../../shared/registry.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

export const readMe = (): Promise<Member> => api.get<Member>(`members/${session.data!.member.id}`);

/** What a profile holds for a list of kinds: an empty one is not there. */
const stored = (kinds: readonly NoticeKind[]): readonly NoticeKind[] | null => (kinds.length ? kinds : null);

/** What this member does not want to be told of in the app, and by mail. @throws ApiError */
export const saveChoices = (muted: readonly NoticeKind[], unmailed: readonly NoticeKind[]): Promise<void> =>
  session.saveProfile({ mutedNotices: stored(muted), unmailedNotices: stored(unmailed) });

/** No more of that kind in the app; mails go on as they were. @throws ApiError */
export async function muteKind(kind: NoticeKind): Promise<void> {
  const { mutedNotices = [] } = await readMe();
  if (!mutedNotices.includes(kind)) await session.saveProfile({ mutedNotices: [...mutedNotices, kind] });
  toasts.showUndo(m.notifications_muted, () => session.saveProfile({ mutedNotices: stored(mutedNotices) }));
}

/** Kinds that come because one follows a record. */
const BY_FOLLOWING: ReadonlySet<NoticeKind> = new Set(['noteAdded', 'followedChanged']);

/** The path under which one follows what a notification is about; undefined where it came for another reason. */
export function followPath({ code, recordType, recordId }: Notification): string | undefined {
  const definition = findDefinition(recordType ?? '');
  return definition?.discussed && recordId && BY_FOLLOWING.has(code) ? `${segmentOf(definition)}/${recordId}/follow` : undefined;
}

/** No more of that one record, unless one is mentioned there. @throws ApiError */
export async function stopFollowing(path: string): Promise<void> {
  await api.delete(path);
  toasts.showUndo(m.notifications_unfollowed, async () => void (await api.post(path, {}, { repeatable: true })));
}
