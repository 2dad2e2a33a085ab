import { toInstant } from '../../../../shared/kernel/dates.ts';
import { notification, type Notification } from '../../../../shared/workspace/notification.ts';
import { clock } from '../../kernel/clock.svelte.ts';
import { collectionOf } from '../../kernel/collection.svelte.ts';
import { reportError } from '../../kernel/errors.ts';

export const notifications = collectionOf<Notification>(notification);

export const isUnread = ({ readAt }: Notification): boolean => readAt === undefined;

/** Puts one back among what is still to be looked at. */
export const markUnread = (one: Notification): Promise<void> =>
  notifications.update(one, { readAt: null }).then(() => undefined, reportError);

const LANES = 4;

/** Marks them as read, shown at once; a few requests at a time. */
export async function markRead(some: readonly Notification[]): Promise<void> {
  const queue = some.filter(isUnread);
  const readAt = toInstant(clock.nowMs());
  const lane = async (): Promise<void> => {
    for (let one = queue.shift(); one; one = queue.shift()) await notifications.update(one, { readAt });
  };
  await Promise.all(Array.from({ length: LANES }, lane)).catch(reportError);
}
