import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Globe from '@lucide/svelte/icons/globe';
import Mail from '@lucide/svelte/icons/mail';
import MapPin from '@lucide/svelte/icons/map-pin';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import Phone from '@lucide/svelte/icons/phone';
import Printer from '@lucide/svelte/icons/printer';
import Users from '@lucide/svelte/icons/users';
import { m } from '#messages';
import type { Activity } from '../../../shared/activities/activity.ts';
import { ACTIVITY_STATUSES, ACTIVITY_TYPES } from '../../../shared/activities/lists.ts';
import { wording } from '../../../shared/kernel/types.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import type { Icon } from '../ui/icon.ts';
import type { Tone } from '../ui/tone.ts';

export type ActivityType = Activity['type'];
export type ActivityStatus = NonNullable<Activity['status']>;

export const TYPE_ICONS: Readonly<Record<ActivityType, Icon>> = {
  todo: ClipboardCheck,
  appointment: CalendarClock,
  meeting: Users,
  call: Phone,
  email: Mail,
  fax: Printer,
  visit: MapPin,
  web: Globe,
  message: MessageCircle,
};

export const STATUS_TONES: Readonly<Record<ActivityStatus, Tone>> = {
  planned: 'accent',
  inProgress: 'warn',
  done: 'good',
  cancelled: 'neutral',
};

export const PRIORITY_TONES: Readonly<Record<NonNullable<Activity['priority']>, Tone>> = { high: 'bad', medium: 'warn', low: 'neutral' };

export const typeWord = (type: ActivityType): string => wording(ACTIVITY_TYPES.find(({ key }) => key === type)!.label, i18n.locale);

export const statusWord = (status: ActivityStatus): string =>
  wording(ACTIVITY_STATUSES.find(({ key }) => key === status)!.label, i18n.locale);

const LONGEST_SUBJECT = 200;

/** What an activity is called until somebody says better: `Phone call: Qingshan Tea House`. */
export const subjectOf = (type: ActivityType, name: string): string =>
  (name ? m.activities_subject({ type: typeWord(type), name }) : typeWord(type)).slice(0, LONGEST_SUBJECT);
