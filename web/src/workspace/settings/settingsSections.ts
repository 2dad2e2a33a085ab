import Bell from '@lucide/svelte/icons/bell';
import Building2 from '@lucide/svelte/icons/building-2';
import CircleUser from '@lucide/svelte/icons/circle-user';
import KeyRound from '@lucide/svelte/icons/key-round';
import LayoutList from '@lucide/svelte/icons/layout-list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import ListPlus from '@lucide/svelte/icons/list-plus';
import Network from '@lucide/svelte/icons/network';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import SquareKanban from '@lucide/svelte/icons/square-kanban';
import Users from '@lucide/svelte/icons/users';
import { m } from '#messages';
import { reachOf } from '../../../../shared/kernel/access.ts';
import { member } from '../../../../shared/workspace/member.ts';
import { session } from '../../kernel/session.svelte.ts';
import type { Icon } from '../../ui/icon.ts';

export interface SettingsSection {
  readonly key: string;
  readonly href: string;
  readonly title: () => string;
  readonly text: () => string;
  readonly icon: Icon;
  readonly can: () => boolean;
}

/** Leaders see their people; who sees only himself has his profile for that. */
const leads = (): boolean => session.actor !== undefined && !['none', 'own'].includes(reachOf(session.actor, 'read', member));
const setsUp = (): boolean => session.can('read', 'workspace');

/** Everything there is to set, in the order of the navigation. */
export const settingsSections: readonly SettingsSection[] = [
  {
    key: 'profile',
    href: '/settings/profile',
    title: m.settings_profile,
    text: m.settings_profile_text,
    icon: CircleUser,
    can: () => true,
  },
  {
    key: 'security',
    href: '/settings/security',
    title: m.settings_security,
    text: m.settings_security_text,
    icon: ShieldCheck,
    can: () => true,
  },
  {
    key: 'notifications',
    href: '/settings/notifications',
    title: m.notifications_settings_page,
    text: m.notifications_settings_page_text,
    icon: Bell,
    can: () => true,
  },
  { key: 'members', href: '/settings/members', title: m.settings_members, text: m.settings_members_text, icon: Users, can: leads },
  {
    key: 'departments',
    href: '/settings/departments',
    title: m.settings_departments,
    text: m.settings_departments_text,
    icon: Network,
    can: leads,
  },
  { key: 'roles', href: '/settings/roles', title: m.settings_roles, text: m.settings_roles_text, icon: KeyRound, can: leads },
  { key: 'fields', href: '/settings/fields', title: m.settings_fields, text: m.settings_fields_text, icon: ListPlus, can: setsUp },
  {
    key: 'pipelines',
    href: '/settings/pipelines',
    title: m.structure_pipelines,
    text: m.structure_pipelines_text,
    icon: SquareKanban,
    can: setsUp,
  },
  {
    key: 'forms',
    href: '/settings/forms',
    title: m.structure_forms,
    text: m.structure_forms_text,
    icon: LayoutList,
    can: setsUp,
  },
  {
    key: 'lists',
    href: '/settings/lists',
    title: m.structure_lists,
    text: m.structure_lists_text,
    icon: ListOrdered,
    can: setsUp,
  },
  {
    key: 'workspace',
    href: '/settings/workspace',
    title: m.settings_workspace,
    text: m.settings_workspace_text,
    icon: Building2,
    can: setsUp,
  },
  {
    key: 'audit',
    href: '/settings/audit',
    title: m.workspace_audit,
    text: m.workspace_audit_text,
    icon: ScrollText,
    can: () => session.can('update', 'workspace'),
  },
];
