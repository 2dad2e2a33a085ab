import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import Building2 from '@lucide/svelte/icons/building-2';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import FileText from '@lucide/svelte/icons/file-text';
import House from '@lucide/svelte/icons/house';
import Handshake from '@lucide/svelte/icons/handshake';
import Inbox from '@lucide/svelte/icons/inbox';
import Newspaper from '@lucide/svelte/icons/newspaper';
import Package from '@lucide/svelte/icons/package';
import Receipt from '@lucide/svelte/icons/receipt';
import Settings from '@lucide/svelte/icons/settings';
import Target from '@lucide/svelte/icons/target';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Users from '@lucide/svelte/icons/users';
import { m } from '#messages';
import { GROUPS, type AccessGroup } from '../../../shared/kernel/access.ts';
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
  readonly group: 'top' | 'customers' | 'sales' | 'insight' | 'system';
}

const always = (): boolean => true;
const reads = (group: AccessGroup) => (): boolean => session.can('read', group);
/** Whoever removes records may bring them back. */
const deletes = (): boolean => GROUPS.some((group) => group !== 'personal' && session.can('delete', group));
const creates = (group: AccessGroup) => (): boolean => session.can('create', group);

export const navigation: readonly NavigationItem[] = [
  { title: m.shell_nav_home, icon: House, href: '/', keys: 'g h', group: 'top', can: always },
  { title: m.shell_nav_news, icon: Newspaper, href: '/news', keys: 'g e', group: 'top', can: always },
  { title: m.shell_nav_leads, icon: Target, href: '/leads', keys: 'g l', group: 'customers', can: reads('leads') },
  { title: m.shell_nav_customers, icon: Building2, href: '/customers', keys: 'g c', group: 'customers', can: reads('customers') },
  { title: m.shell_nav_contacts, icon: Users, href: '/contacts', keys: 'g n', group: 'customers', can: reads('customers') },
  { title: m.shell_nav_forms, icon: FileText, href: '/web-forms', keys: 'g f', group: 'customers', can: reads('marketing') },
  { title: m.shell_nav_opportunities, icon: Handshake, href: '/opportunities', keys: 'g o', group: 'sales', can: reads('sales') },
  { title: m.shell_nav_orders, icon: Receipt, href: '/orders', keys: 'g r', group: 'sales', can: reads('sales') },
  { title: m.shell_nav_products, icon: Package, href: '/products', keys: 'g p', group: 'sales', can: reads('catalogue') },
  { title: m.shell_nav_activities, icon: CalendarCheck, href: '/activities', keys: 'g a', group: 'sales', can: reads('activities') },
  { title: m.shell_nav_churn, icon: AlarmClock, href: '/churn', keys: 'g w', group: 'insight', can: reads('customers') },
  { title: m.shell_nav_digests, icon: Inbox, href: '/digests', keys: 'g d', group: 'insight', can: reads('insight') },
  { title: m.records_bin, icon: Trash2, href: '/bin', keys: 'g b', group: 'system', can: deletes },
  { title: m.help_nav, icon: CircleQuestionMark, href: '/help', keys: 'g q', group: 'system', can: always },
  { title: m.shell_nav_settings, icon: Settings, href: '/settings', keys: 'g ,', group: 'system', can: always },
];

/** What the New button offers. */
export const creations: readonly NavigationItem[] = [
  { title: m.shell_new_lead, icon: Target, href: '/leads/new', group: 'customers', can: creates('leads') },
  { title: m.shell_new_customer, icon: Building2, href: '/customers/new', group: 'customers', can: creates('customers') },
  { title: m.shell_new_contact, icon: Users, href: '/contacts/new', group: 'customers', can: creates('customers') },
  { title: m.shell_new_opportunity, icon: Handshake, href: '/opportunities/new', group: 'sales', can: creates('sales') },
  { title: m.shell_new_order, icon: Receipt, href: '/orders/new', group: 'sales', can: creates('sales') },
  { title: m.shell_new_product, icon: Package, href: '/products/new', group: 'sales', can: creates('catalogue') },
  { title: m.shell_new_activity, icon: CalendarCheck, href: '/activities/new', group: 'sales', can: creates('activities') },
];

/** Whether the page at `path` belongs to the item: `/leads/lea_1` to Leads. */
export const isAt = (item: NavigationItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
