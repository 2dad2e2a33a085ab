import { ACTIONS, type AccessGroup, type Action, GROUPS, type Reach, REACHES, type Rights } from '../kernel/access.ts';
import type { Sensitivity } from '../kernel/field.ts';

/** Whether whoever holds these rights can open the roles and change them. */
const keepsRoles = ({ grants }: Rights): boolean => grants.workspace?.update === 'all' && grants.structure?.read === 'all';

/** Whether a change of the role one holds oneself would take away the right to change it back. */
export const locksOut = (before: Rights, after: Rights): boolean => keepsRoles(before) && !keepsRoles(after);

/** One thing that holders of a role may do more, or less, than before. */
export type RightsChange =
  | { readonly kind: 'reach'; readonly group: AccessGroup; readonly action: Action; readonly from: Reach; readonly to: Reach }
  | { readonly kind: 'mask'; readonly sensitivity: Sensitivity; readonly hidden: boolean }
  /** Fields that may be edited; absent means all of them. */
  | {
      readonly kind: 'fields';
      readonly group: AccessGroup;
      readonly from: readonly string[] | undefined;
      readonly to: readonly string[] | undefined;
    };

const SENSITIVITIES: readonly Sensitivity[] = ['public', 'internal', 'personal', 'sensitive'];
const rank = (reach: Reach): number => REACHES.indexOf(reach);
const asSet = (fields: readonly string[] | undefined): string | undefined => fields && JSON.stringify([...new Set(fields)].toSorted());

/** What differs between two sets of rights, in the order of groups and actions; the same whatever way they are written. */
export function rightsChanges(before: Rights, after: Rights): RightsChange[] {
  const reaches = GROUPS.flatMap((group) =>
    ACTIONS.map((action) => {
      const [from, to] = [before.grants[group]?.[action] ?? 'none', after.grants[group]?.[action] ?? 'none'] as const;
      return { kind: 'reach', group, action, from, to } as const;
    }),
  );
  const masks = SENSITIVITIES.map((sensitivity) => {
    const [from, to] = [before, after].map(({ masks: hidden }) => hidden?.includes(sensitivity) ?? false);
    return { kind: 'mask', sensitivity, from, hidden: to! } as const;
  });
  const fields = GROUPS.map(
    (group) => ({ kind: 'fields', group, from: before.onlyFields?.[group], to: after.onlyFields?.[group] }) as const,
  );
  return [
    ...reaches.filter(({ from, to }) => from !== to),
    ...masks.filter(({ from, hidden }) => from !== hidden).map(({ kind, sensitivity, hidden }) => ({ kind, sensitivity, hidden })),
    ...fields.filter(({ from, to }) => asSet(from) !== asSet(to)),
  ];
}

/** Whether a change gives its holders more; one that gives some fields and takes others counts as taking. */
export function givesMore(change: RightsChange): boolean {
  switch (change.kind) {
    case 'reach':
      return rank(change.to) > rank(change.from);
    case 'mask':
      return !change.hidden;
    case 'fields':
      return change.to === undefined || (change.from !== undefined && change.from.every((field) => change.to!.includes(field)));
    default:
      return change satisfies never;
  }
}

/** What can be done only to what one sees; what is new is made without seeing anything. */
const NEEDS_SIGHT: readonly Action[] = ['update', 'delete', 'assign', 'export'];

/**
 * Rights with one reach changed. Seeing follows what is done to what one sees: it widens with that, and whatever would
 * reach further than sight is drawn back to it.
 */
export function withReach(rights: Rights, group: AccessGroup, action: Action, reach: Reach): Rights {
  const grants: Partial<Record<Action, Reach>> = { ...rights.grants[group], [action]: reach };
  if (NEEDS_SIGHT.includes(action) && rank(reach) > rank(grants.read ?? 'none')) grants.read = reach;
  if (action === 'read')
    for (const other of NEEDS_SIGHT) if (grants[other] !== undefined && rank(grants[other]) > rank(reach)) grants[other] = reach;
  const kept = Object.fromEntries(Object.entries(grants).filter(([, each]) => each !== 'none'));
  return { ...rights, grants: { ...rights.grants, [group]: kept } };
}
