import { m } from '#messages';
import type { AccessGroup, Action, Reach } from '../../../../shared/kernel/access.ts';
import { wording } from '../../../../shared/kernel/types.ts';
import type { Locale } from '../../../../shared/kernel/types.ts';
import { DEFAULT_ROLES } from '../../../../shared/workspace/defaultRoles.ts';
import type { Role } from '../../../../shared/workspace/role.ts';
import type { Tone } from '../../ui/tone.ts';

/** A built-in role speaks the reader's language until somebody gives it a name of its own. */
export function roleName(role: Pick<Role, 'key' | 'name'>, locale: Locale): string {
  const label = DEFAULT_ROLES.find(({ key }) => key === role.key)?.label;
  return label && (role.name === label.en || role.name === label.zh) ? wording(label, locale) : role.name;
}

const rank = ({ key }: Pick<Role, 'key'>): number => {
  const at = DEFAULT_ROLES.findIndex((each) => each.key === key);
  return at < 0 ? DEFAULT_ROLES.length : at;
};

/** Built-in roles from the widest rights to the narrowest, then those of the workspace's own by name. */
export const sortRoles = (roles: readonly Role[], compare: (a: string, b: string) => number): Role[] =>
  roles.toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name));

export interface Subject {
  readonly group: AccessGroup;
  readonly title: () => string;
  readonly actions: readonly Action[];
  /** What belongs to nobody is open to all or to none. */
  readonly whole?: boolean;
}

/** Subjects the product has today, in the order of the navigation. What everybody must read of the set-up is no question. */
export const SUBJECTS: readonly Subject[] = [
  { group: 'leads', title: m.settings_subject_leads, actions: ['read', 'create', 'update', 'delete', 'assign', 'export'] },
  { group: 'customers', title: m.settings_subject_customers, actions: ['read', 'create', 'update', 'delete', 'assign', 'export'] },
  { group: 'sales', title: m.company_subject_sales, actions: ['read', 'create', 'update', 'delete', 'assign', 'export'] },
  { group: 'activities', title: m.company_subject_activities, actions: ['read', 'create', 'update', 'delete', 'assign', 'export'] },
  { group: 'catalogue', title: m.company_subject_catalogue, actions: ['read', 'create', 'update', 'delete', 'export'], whole: true },
  { group: 'news', title: m.company_subject_news, actions: ['read', 'create', 'update', 'delete', 'export'], whole: true },
  { group: 'marketing', title: m.settings_subject_forms, actions: ['read', 'create', 'update', 'delete', 'export'] },
  { group: 'insight', title: m.settings_subject_digests, actions: ['read', 'export'] },
  { group: 'structure', title: m.company_subject_structure, actions: ['create', 'update', 'delete'], whole: true },
  { group: 'people', title: m.settings_subject_people, actions: ['read', 'update', 'export'] },
  { group: 'workspace', title: m.settings_subject_workspace, actions: ['read', 'create', 'update', 'delete'], whole: true },
];

export const ACTION_WORDS: Readonly<Partial<Record<Action, () => string>>> = {
  read: m.settings_action_read,
  create: m.settings_action_create,
  update: m.settings_action_update,
  delete: m.settings_action_delete,
  assign: m.settings_action_assign,
  export: m.settings_action_export,
};

export const REACH_WORDS: Readonly<Record<Reach, () => string>> = {
  none: m.settings_reach_none,
  own: m.settings_reach_own,
  team: m.settings_reach_team,
  span: m.settings_reach_span,
  all: m.settings_reach_all,
};

export const REACH_TONES: Readonly<Record<Reach, Tone>> = { none: 'neutral', own: 'neutral', team: 'violet', span: 'accent', all: 'good' };
