import type { Sensitivity } from './field.ts';
import type { RecordDefinition, Values } from './record.ts';
import { ownField, SYSTEM_FIELDS } from './ownField.ts';

export const ACTIONS = ['create', 'read', 'update', 'delete', 'assign', 'approve', 'export', 'configure'] as const;
export type Action = (typeof ACTIONS)[number];

/** Whose records: nobody's < one's own < one's team's < those of one's whole span < everybody's. */
export const REACHES = ['none', 'own', 'team', 'span', 'all'] as const;
export type Reach = (typeof REACHES)[number];

/**
 * Columns of the rights table; a record type belongs to one. The column *workspace* is three questions here: what
 * administrators set up (`workspace`), what everybody must read of it to work at all (`structure`; who leads
 * keeps the part of it that is no setting: views that all share), and who may see
 * and change whose member record (`people`). `catalogue` is what is sold, which everybody reads. `news` is drafts of news and
 * the keeping of what is published, which everybody reads. `personal` is what belongs to one reader: notifications, digests.
 */
export const GROUPS = [
  'customers',
  'leads',
  'sales',
  'catalogue',
  'activities',
  'service',
  'marketing',
  'insight',
  'workspace',
  'structure',
  'people',
  'news',
  'personal',
] as const;
export type AccessGroup = (typeof GROUPS)[number];

export type Grants = Readonly<Partial<Record<AccessGroup, Readonly<Partial<Record<Action, Reach>>>>>>;

export interface Access {
  readonly group: AccessGroup;
  /** Rights of this type that are others than its group's: the group whose column rules that action. */
  readonly actions?: Readonly<Partial<Record<Action, AccessGroup>>>;
  /** A record belongs to this field's member where that is not its owner (a member's own profile). */
  readonly self?: 'id';
}

/** A role's rights as one value: reaches per group and action, plus what fields it may not see or may only write. */
export interface Rights {
  readonly grants: Grants;
  /** Sensitivities whose fields this role does not see. */
  readonly masks?: readonly Sensitivity[];
  /** Where present, an update in that group may touch these fields only. */
  readonly onlyFields?: Readonly<Partial<Record<AccessGroup, readonly string[]>>>;
}

/** Who acts, in one workspace, at one moment. Sets hold member ids. */
export interface Actor {
  readonly memberId: string;
  readonly roleKey: string;
  readonly rights: Rights;
  readonly team: ReadonlySet<string>;
  readonly span: ReadonlySet<string>;
}

/** The product acting by itself: stream, queues, schedules. Reaches everything of its one workspace. */
export const SYSTEM_ACTOR: Actor = {
  memberId: 'system',
  roleKey: 'system',
  rights: {
    grants: Object.fromEntries(GROUPS.map((group) => [group, Object.fromEntries(ACTIONS.map((action) => [action, 'all' as const]))])),
  },
  team: new Set(),
  span: new Set(),
};

export function reachOf(actor: Pick<Actor, 'rights'>, action: Action, definition: Pick<RecordDefinition, 'access'>): Reach {
  const group = definition.access.actions?.[action] ?? definition.access.group;
  return actor.rights.grants[group]?.[action] ?? 'none';
}

export function inReach(actor: Actor, reach: Reach, ownerId: string | undefined): boolean {
  switch (reach) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'own':
      return ownerId === actor.memberId;
    case 'team':
      return ownerId !== undefined && (ownerId === actor.memberId || actor.team.has(ownerId));
    case 'span':
      return ownerId !== undefined && (ownerId === actor.memberId || actor.span.has(ownerId));
    default:
      return reach satisfies never;
  }
}

type Subject = { readonly id?: string; readonly ownerId?: string | undefined };

/** Whose record it is, for reach: its owner, or, where the type says so, the member it describes. */
export const holderOf = (definition: Pick<RecordDefinition, 'access'>, record: Subject): string | undefined =>
  definition.access.self === 'id' ? record.id : record.ownerId;

/**
 * The one question of rights, asked by API, lists, search, reports, exports, digests and buttons alike.
 * Without a record: whether the actor may do it to any record at all.
 */
export function can(actor: Actor, action: Action, definition: Pick<RecordDefinition, 'access'>, record?: Subject): boolean {
  const reach = reachOf(actor, action, definition);
  return record === undefined ? reach !== 'none' : inReach(actor, reach, holderOf(definition, record));
}

/** Members whose records the actor reaches with this reach; undefined means all. */
export function ownersIn(actor: Actor, reach: Reach): readonly string[] | undefined {
  if (reach === 'all') return undefined;
  if (reach === 'none') return [];
  const others = reach === 'team' ? actor.team : reach === 'span' ? actor.span : [];
  return [...new Set([actor.memberId, ...others])];
}

export function canSeeField(actor: Pick<Actor, 'rights'>, definition: RecordDefinition, name: string): boolean {
  const sensitivity = ownField(definition, name)?.sensitivity;
  return sensitivity === undefined || !actor.rights.masks?.includes(sensitivity);
}

/** A record without the fields its reader may not see. The same object when nothing is hidden. */
export function maskRecord<R extends Values>(actor: Pick<Actor, 'rights'>, definition: RecordDefinition, record: R): R {
  if (!actor.rights.masks?.length) return record;
  const visible = Object.entries(record).filter(([name]) => canSeeField(actor, definition, name));
  const derived = record['derived'];
  return Object.fromEntries(
    visible.map(([name, value]) => [name, name === 'derived' && derived ? maskRecord(actor, definition, derived as Values) : value]),
  ) as R;
}

/** Names of changed fields that this actor may not write. */
export function refusedFields(actor: Pick<Actor, 'rights'>, definition: RecordDefinition, names: readonly string[]): string[] {
  const only = actor.rights.onlyFields?.[definition.access.group];
  return names.filter(
    (name) =>
      !(SYSTEM_FIELDS as readonly string[]).includes(name) && ((only && !only.includes(name)) || !canSeeField(actor, definition, name)),
  );
}
