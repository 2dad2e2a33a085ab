import { ACTIONS, type Actor, type Reach, REACHES, type Rights } from '../kernel/access.ts';
import type { Issue } from '../kernel/errors.ts';
import type { Values } from '../kernel/record.ts';
import { OWNER_RIGHTS } from './defaultRoles.ts';
import { OWN_FIELDS } from './member.ts';

/** What these rules need to know of a role. Only the built-in one carries the key `owner`. */
export interface RoleSeen {
  readonly key?: string | undefined;
  readonly rights: Rights;
}
type Holder = Pick<Actor, 'rights' | 'roleKey'>;

const rank = (reach: Reach | undefined): number => REACHES.indexOf(reach ?? 'none');

/** Whether everything that `theirs` allows is allowed by `mine`, and everything that mine hides is hidden by theirs. */
export function covers(mine: Rights, theirs: Rights): boolean {
  const groups = Object.keys(theirs.grants) as (keyof Rights['grants'])[];
  const reaches = groups.every((group) =>
    ACTIONS.every((action) => rank(theirs.grants[group]?.[action]) <= rank(mine.grants[group]?.[action])),
  );
  const hides = (mine.masks ?? []).every((mask) => theirs.masks?.includes(mask));
  const limits = (Object.entries(mine.onlyFields ?? {}) as [keyof Rights['grants'], readonly string[]][]).every(([group, fields]) => {
    if (rank(theirs.grants[group]?.update) === 0) return true;
    const allowed = theirs.onlyFields?.[group];
    return allowed !== undefined && allowed.every((field) => fields.includes(field));
  });
  return reaches && hides && limits;
}

/**
 * Nobody hands out more than he holds, but that owners hand out everything, and administrators the built-in roles, of
 * which one may approve what they do not. An owner is made and unmade by owners alone.
 */
export function mayHandOut({ rights, roleKey }: Holder, role: RoleSeen): boolean {
  if (roleKey === 'owner') return true;
  if (role.key === 'owner') return false;
  return (roleKey === 'administrator' && role.key !== undefined) || covers(rights, role.rights);
}

/**
 * What a role's holders may do: as it was made, but for what the product itself says, as it is today. Owners may do
 * everything, also what came after their workspace, so that nobody locks a company out; and whoever is kept to his own
 * profile is kept to what it consists of now.
 */
export function standingRights({ key, rights }: RoleSeen): Rights {
  if (key === 'owner') return OWNER_RIGHTS;
  return rights.onlyFields?.people ? { ...rights, onlyFields: { ...rights.onlyFields, people: OWN_FIELDS } } : rights;
}

/** Whether this actor decides about people: their role, place, status. One's own profile is not that. */
export const decidesOnPeople = ({ rights }: Pick<Actor, 'rights'>): boolean => rights.grants.workspace?.update === 'all';

/** Fields of a member that a change names beside those of his own profile. */
export const governingFields = (change: Values): string[] =>
  Object.keys(change).filter((field) => !(OWN_FIELDS as readonly string[]).includes(field));

const MOVES: Readonly<Record<string, readonly string[]>> = {
  active: ['disabled'],
  invited: ['disabled'],
  disabled: ['active', 'invited'],
};

/**
 * What a plain change of a member may not do: the address is what he signs in with and what he was invited by; and he
 * becomes active by accepting his invitation, or by being let in again once he had.
 */
export function memberChangeIssues(before: Values, change: Values): Issue[] {
  const issues: Issue[] = [];
  const { status } = change;
  if (change['email'] !== undefined && change['email'] !== before['email']) issues.push({ field: 'email', code: 'member.emailFixed' });
  if (status !== undefined && status !== before['status']) {
    const joined = before['subject'] !== undefined;
    const allowed =
      MOVES[String(before['status'])]?.includes(String(status)) && (status === 'disabled' || joined === (status === 'active'));
    if (!allowed) issues.push({ field: 'status', code: 'member.status' });
  }
  return issues;
}

/** Whether so changed he would no longer be an owner who can act. */
export const endsOwnership = (before: Values, change: Values, isOwner: (roleId: unknown) => boolean): boolean => {
  const after = { ...before, ...change };
  const acts = (values: Values): boolean => values['status'] === 'active' && isOwner(values['roleId']);
  return acts(before) && !acts(after);
};
