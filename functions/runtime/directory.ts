import type { Actor, Rights } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import type { Entry, Shape } from '../../shared/kernel/shape.ts';
import { yearStartOf } from '../../shared/kernel/periods.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { zoneOf } from '../../shared/insight/digestReaders.ts';
import { subtreeOf } from '../../shared/workspace/department.ts';
import { standingRights } from '../../shared/workspace/memberRules.ts';
import { shapeOf } from '../../shared/workspace/shapeOf.ts';
import { readHead } from '../records/feed.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** What decides rights in a workspace, as it stood at one access epoch. */
export interface Directory {
  readonly epoch: number;
  readonly members: ReadonlyMap<string, Entry>;
  readonly roles: ReadonlyMap<string, Entry>;
  readonly departments: readonly Entry[];
  readonly shape: Shape;
  readonly workspace: Entry | undefined;
}

const KNOWN = new WeakMap<object, Map<string, { directory: Directory; readMs: number }>>();
/** A disabled member is out, and a changed right in force, after this at the latest. */
const FRESH_MS = 30_000;
const MOST_KNOWN = 200;

/**
 * The directory of a workspace: one consistent query, kept while its epoch stands and for at most 30 seconds unasked.
 * Copies of what governs are written in the transaction that raises the epoch, so an epoch never names an older state.
 * @param options.fresh  asks the epoch even now
 * @param options.epoch  the state of an older epoch will not do
 */
export async function readDirectory(
  scope: object,
  table: TenantTable,
  now: Instant,
  { fresh = false, epoch: wanted = 0 } = {},
): Promise<Directory> {
  const known = KNOWN.get(scope) ?? new Map<string, { directory: Directory; readMs: number }>();
  KNOWN.set(scope, known);
  const held = known.get(table.tenant);
  const isKnown = held && !fresh && held.directory.epoch >= wanted;
  if (isKnown && Math.abs(toMs(now) - held.readMs) < FRESH_MS) return held.directory;
  const { epoch } = await readHead(table);
  const directory = held?.directory.epoch === epoch ? held.directory : await load(table, epoch);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(table.tenant, { directory, readMs: toMs(now) });
  return directory;
}

async function load(table: TenantTable, epoch: number): Promise<Directory> {
  const entries: { kind: string; entry: Entry }[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: 'CFG', consistent: true, ...(after ? { after } : {}) });
    for (const item of page.items)
      entries.push({ kind: item.sk.slice(0, item.sk.indexOf('#')), entry: { ...(item['data'] as object), id: String(item['id']) } });
    after = page.last;
  } while (after);
  const of = (kind: string): Entry[] => entries.filter((each) => each.kind === kind).map(({ entry }) => entry);
  const byId = (list: Entry[]) => new Map(list.map((entry) => [entry.id, entry]));
  return {
    epoch,
    members: byId(of('member')),
    roles: byId(of('role')),
    departments: of('department'),
    shape: shapeOf(of),
    workspace: of('workspace')[0],
  };
}

const NO_RIGHTS: Rights = { grants: {} };

/** The member as an actor: his role's rights, his team (same department) and span (his department and all below it). */
export function actorOf(directory: Directory, memberId: string): Actor | undefined {
  const member = directory.members.get(memberId);
  if (!member || member['status'] !== 'active') return undefined;
  const role = directory.roles.get(String(member['roleId']));
  const home = member['departmentId'] as string | undefined;
  const departments = home ? subtreeOf(home, directory.departments as readonly (Entry & { parentId?: string })[]) : new Set<string>();
  const inDepartments = (ids: ReadonlySet<string>) =>
    new Set([...directory.members.values()].filter(({ departmentId }) => ids.has(String(departmentId))).map(({ id }) => id));
  return {
    memberId,
    roleKey: String(role?.['key'] ?? ''),
    rights: standingRights({ key: role?.['key'] as string | undefined, rights: (role?.['rights'] as Rights | undefined) ?? NO_RIGHTS }),
    team: home ? inDepartments(new Set([home])) : new Set(),
    span: inDepartments(departments),
  };
}

export const activeMembersOf = (directory: Directory): Set<string> =>
  new Set([...directory.members.values()].filter(({ status }) => status === 'active').map(({ id }) => id));

/** The member's zone, or the workspace's where he has none of his own, its base currency, and the month in which its years begin. */
export const homeOf = (
  { members, workspace }: Directory,
  memberId: string,
): { zone: string; currency: string | undefined; yearStart: number } => ({
  zone: zoneOf(members.get(memberId) ?? {}, workspace),
  currency: workspace?.['currency'] as string | undefined,
  yearStart: yearStartOf(workspace),
});
