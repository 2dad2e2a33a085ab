import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import AtSign from '@lucide/svelte/icons/at-sign';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import FileX from '@lucide/svelte/icons/file-x';
import Newspaper from '@lucide/svelte/icons/newspaper';
import Eye from '@lucide/svelte/icons/eye';
import Handshake from '@lucide/svelte/icons/handshake';
import MessageSquare from '@lucide/svelte/icons/message-square';
import UserRoundPlus from '@lucide/svelte/icons/user-round-plus';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Target from '@lucide/svelte/icons/target';
import { m } from '#messages';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import { findDefinition } from '../../../../shared/registry.ts';
import { milestoneText } from '../../../../shared/workspace/discussionEffects.ts';
import type { Notification } from '../../../../shared/workspace/notification.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { typeOf } from '../../records/types.ts';
import type { Icon } from '../../ui/icon.ts';

type Params = Readonly<Record<string, string>>;

interface Words {
  readonly icon: Icon;
  readonly title: (params: Params) => string;
  /** What else is worth knowing at once. */
  readonly detail?: (params: Params) => string | undefined;
}

/** When it is, and with whom: `23 Nov 2026, 14:00 · Harbour Foods`. */
function momentOf({ plannedAt, allDay, customer }: Params): string {
  const { formats } = i18n;
  const when = plannedAt && (allDay ? formats.day(formats.today(Date.parse(plannedAt))) : formats.instant(plannedAt));
  return [when, customer].filter(Boolean).join(' · ');
}

const HANDOVER_WORDS: Readonly<Record<string, typeof m.notifications_handover_done>> = {
  'handover.done': m.notifications_handover_done,
  'handover.failed': m.notifications_handover_failed,
  'takingBack.done': m.notifications_handover_back,
  'takingBack.failed': m.notifications_handover_back_failed,
};

const WORDS: Readonly<Record<Notification['code'], Words>> = {
  leadAssigned: { icon: Target, title: ({ name = '' }) => m.notifications_lead_assigned({ name }) },
  leadMerged: { icon: Repeat2, title: ({ name = '' }) => m.notifications_lead_merged({ name }) },
  opportunityAssigned: { icon: Handshake, title: ({ name = '' }) => m.notifications_opportunity_assigned({ name }) },
  activityAssigned: { icon: CalendarPlus, title: ({ name = '' }) => m.notifications_activity_assigned({ name }) },
  activityDone: {
    icon: CalendarCheck,
    title: ({ name = '' }) => m.notifications_activity_done({ name }),
    detail: ({ outcome }) => outcome,
  },
  activityReminder: { icon: AlarmClock, title: ({ name = '' }) => m.notifications_activity_reminder({ name }), detail: momentOf },
  mentioned: { icon: AtSign, title: ({ name = '' }) => m.notifications_mentioned({ name }), detail: ({ text }) => text },
  noteAdded: { icon: MessageSquare, title: ({ name = '' }) => m.notifications_note_added({ name }), detail: ({ text }) => text },
  followedChanged: {
    icon: Eye,
    title: ({ name = '' }) => m.notifications_followed_changed({ name }),
    detail: (params) => milestoneText(findDefinition(params['type'] ?? '') && typeOf(params['type']!), params, i18n.locale),
  },
  newsPublished: { icon: Newspaper, title: ({ name = '' }) => m.notifications_news_published({ name }) },
  handedOver: { icon: ArrowRightLeft, title: ({ name = '', count = '' }) => m.notifications_handed_over({ name, count: Number(count) }) },
  handoverEnded: {
    icon: ArrowRightLeft,
    title: ({ name = '', kind = '', state = '' }) => HANDOVER_WORDS[`${kind}.${state}`]?.({ name }) ?? name,
    detail: ({ count = '' }) => m.notifications_job_rows({ count }),
  },
  exportReady: {
    icon: FileSpreadsheet,
    title: ({ name = '' }) => m.notifications_export_ready({ name }),
    detail: ({ count = '' }) => m.notifications_job_rows({ count }),
  },
  exportFailed: { icon: FileX, title: ({ name = '' }) => m.notifications_export_failed({ name }) },
  applicationWaiting: { icon: UserRoundPlus, title: ({ name = '' }) => m.notifications_application({ name }) },
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
