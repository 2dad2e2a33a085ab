import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import AtSign from '@lucide/svelte/icons/at-sign';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import Eye from '@lucide/svelte/icons/eye';
import Handshake from '@lucide/svelte/icons/handshake';
import MessageSquare from '@lucide/svelte/icons/message-square';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Target from '@lucide/svelte/icons/target';
import { m } from '#messages';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import { findDefinition } from '../../../../shared/registry.ts';
import type { Notification } from '../../../../shared/workspace/notification.ts';
import type { Icon } from '../../ui/icon.ts';

interface Words {
  readonly icon: Icon;
  readonly title: (params: Readonly<Record<string, string>>) => string;
}

const WORDS: Readonly<Record<Notification['code'], Words>> = {
  leadAssigned: { icon: Target, title: ({ name = '' }) => m.notifications_lead_assigned({ name }) },
  leadMerged: { icon: Repeat2, title: ({ name = '' }) => m.notifications_lead_merged({ name }) },
  opportunityAssigned: { icon: Handshake, title: ({ name = '' }) => m.notifications_opportunity_assigned({ name }) },
  activityAssigned: { icon: CalendarPlus, title: ({ name = '' }) => m.notifications_activity_assigned({ name }) },
  activityDone: { icon: CalendarCheck, title: ({ name = '' }) => m.notifications_activity_done({ name }) },
  activityReminder: { icon: AlarmClock, title: ({ name = '' }) => m.notifications_activity_reminder({ name }) },
  mentioned: { icon: AtSign, title: ({ name = '' }) => m.notifications_mentioned({ name }) },
  noteAdded: { icon: MessageSquare, title: ({ name = '' }) => m.notifications_note_added({ name }) },
  followedChanged: { icon: Eye, title: ({ name = '' }) => m.notifications_followed_changed({ name }) },
  churnWarning: { icon: TriangleAlert, title: ({ name = '' }) => m.notifications_churn_warning({ name }) },
};

export const wordsOf = ({ code }: Notification): Words => WORDS[code];

/** Where it leads: the record it is about. */
export function hrefOf({ recordType, recordId }: Notification): string {
  const definition = recordType === undefined ? undefined : findDefinition(recordType);
  return definition && recordId ? `/${segmentOf(definition)}/${recordId}` : '/notifications';
}

/** The latest first. */
export const latestFirst = (all: readonly Notification[]): Notification[] =>
  all.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1));
