import Bell from '@lucide/svelte/icons/bell';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import Sparkles from '@lucide/svelte/icons/sparkles';
import { m } from '#messages';
import type { NavigationItem } from '../kernel/navigation.ts';
import { session } from '../kernel/session.svelte.ts';

const always = (): boolean => true;

/** Places that the sidebar does not name; the palette leads to them as well. */
export const furtherPlaces: readonly NavigationItem[] = [
  { title: m.activities_agenda, icon: CalendarDays, href: '/agenda', group: 'sales', can: () => session.can('read', 'activities') },
  { title: m.notifications_title, icon: Bell, href: '/notifications', group: 'system', can: always },
  { title: m.notifications_jobs, icon: FileSpreadsheet, href: '/jobs', group: 'system', can: always },
  { title: m.palette_whats_new, icon: Sparkles, href: '/whats-new', group: 'system', can: always },
];
