import Building2 from '@lucide/svelte/icons/building-2';
import FileText from '@lucide/svelte/icons/file-text';
import House from '@lucide/svelte/icons/house';
import Inbox from '@lucide/svelte/icons/inbox';
import Settings from '@lucide/svelte/icons/settings';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import { m } from '#messages';
import type { Icon } from '../ui/icon.ts';
import { session } from './session.svelte.ts';

/** A place to go to. Sidebar, palette, shortcuts and the home page read the same list. */
export interface NavigationItem {
  readonly title: () => string;
  readonly icon: Icon;
  readonly href: string;
  /** `g c`: go to customers. */
  readonly keys?: string;
  readonly can: () => boolean;
  readonly group: 'top' | 'customers' | 'insight' | 'system';
}

export const navigation: readonly NavigationItem[] = [
  { title: m.shell_nav_home, icon: House, href: '/', keys: 'g h', group: 'top', can: () => true },
  { title: m.shell_nav_leads, icon: Target, href: '/leads', keys: 'g l', group: 'customers', can: () => session.can('read', 'leads') },
  {
    title: m.shell_nav_customers,
    icon: Building2,
    href: '/customers',
    keys: 'g c',
    group: 'customers',
    can: () => session.can('read', 'customers'),
  },
  {
    title: m.shell_nav_contacts,
    icon: Users,
    href: '/contacts',
    keys: 'g n',
    group: 'customers',
    can: () => session.can('read', 'customers'),
  },
  {
    title: m.shell_nav_forms,
    icon: FileText,
    href: '/web-forms',
    keys: 'g f',
    group: 'customers',
    can: () => session.can('read', 'marketing'),
  },
  { title: m.shell_nav_digests, icon: Inbox, href: '/digests', keys: 'g d', group: 'insight', can: () => session.can('read', 'insight') },
  {
    title: m.shell_nav_settings,
    icon: Settings,
    href: '/settings',
    keys: 'g ,',
    group: 'system',
    can: () => true,
  },
];

/** What the New button offers. */
export const creations: readonly NavigationItem[] = [
  { title: m.shell_new_lead, icon: Target, href: '/leads/new', group: 'customers', can: () => session.can('create', 'leads') },
  {
    title: m.shell_new_customer,
    icon: Building2,
    href: '/customers/new',
    group: 'customers',
    can: () => session.can('create', 'customers'),
  },
  { title: m.shell_new_contact, icon: Users, href: '/contacts/new', group: 'customers', can: () => session.can('create', 'customers') },
];

/** Whether the page at `path` belongs to the item: `/leads/lea_1` to Leads. */
export const isAt = (item: NavigationItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
