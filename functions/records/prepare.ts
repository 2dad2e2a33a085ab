import { can, inReach, reachOf, refusedFields, SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { applyChange, sameValue } from '../../shared/kernel/diff.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { settingKey, uniqueKey } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, type Write } from '../table/tenantTable.ts';
import type { Context } from './context.ts';
import { markersOf, toBinItem, toItem, valuesOf } from './item.ts';
import { assertNoLoops } from './loops.ts';
import { assertReferences } from './references.ts';
import { ownerOnReturn } from './successors.ts';

/** A decided write of one record: the writes that carry it, and what a failed condition of each means. */
export interface Prepared {
  readonly definition: RecordDefinition;
  readonly record: AnyRecord;
  readonly before: AnyRecord | undefined;
  readonly writes: readonly Write[];
  /** Parallel to `writes`. */
  readonly meanings: readonly Meaning[];
}
type Meaning =
  { readonly kind: 'record' } | { readonly kind: 'marker'; readonly field: string; readonly hard: boolean } | { readonly kind: 'other' };

export interface Creation {
  readonly id: string;
  readonly ownerId?: string | undefined;
  readonly values: Values;
  readonly allowDuplicate?: boolean | undefined;
  readonly holders?: Holders | undefined;
  /** Ids made by the same plan, or taken over by it: they may be named before they are there, and after. */
  readonly among?: ReadonlySet<string> | undefined;
}

/**
 * Who holds which marker (`<type>.<field>#<value>`), where the caller has looked: a holder that yields hands its marker
 * over, another keeps it. A marker that nobody was seen to hold must still be free when this is written.
 */
export type Holders = ReadonlyMap<string, { readonly id: string; readonly yields: boolean }>;

const OTHER: Meaning = { kind: 'other' };
const RECORD: Meaning = { kind: 'record' };
const stampOf = (ctx: Context) => ({ requestId: ctx.requestId, writeId: ctx.writeId });

/** Rights, owner, references, rules, in this order; then the writes that make the record. Nothing is written yet. */
export async function prepareCreate(ctx: Context, definition: RecordDefinition, creation: Creation): Promise<Prepared> {
  const ownerId = definition.paths.owner ? (creation.ownerId ?? (ctx.actor === SYSTEM_ACTOR ? undefined : ctx.actor.memberId)) : undefined;
  if (!can(ctx.actor, 'create', definition)) throw forbidden();
  assertFields(ctx, definition, Object.keys(creation.values));
  if (ownerId !== undefined) assertOwner(ctx, definition, ownerId, 'create');
  await assertReferences(ctx, definition, creation.values, { among: creation.among });
  const values = settle(definition, creation.values, undefined, ctx.now);
  const record: AnyRecord = {
    id: creation.id,
    version: 1,
    ...(ownerId === undefined ? {} : { ownerId }),
    createdAt: ctx.now,
    createdBy: ctx.actor.memberId,
    updatedAt: ctx.now,
    updatedBy: ctx.actor.memberId,
    ...values,
  };
  const markers = await markerWrites(ctx, definition, record.id, {}, values, creation);
  return assemble(definition, undefined, record, { put: toItem(definition, record, stampOf(ctx)), if: IF_ABSENT }, markers);
}

/** The same for a change of a record that the caller read at `before.version`. Undefined when nothing would change. */
export async function prepareUpdate(
  ctx: Context,
  definition: RecordDefinition,
  before: AnyRecord,
  change: Values,
  options: { ownerId?: string } & Pick<Creation, 'allowDuplicate' | 'holders' | 'among'> = {},
): Promise<Prepared | undefined> {
  if (!can(ctx.actor, 'update', definition, before)) throw forbidden();
  const old = valuesOf(before);
  const changed = Object.fromEntries(Object.entries(change).filter(([name, value]) => !sameValue(value ?? undefined, old[name])));
  const ownerId = options.ownerId ?? before.ownerId;
  if (Object.keys(changed).length === 0 && ownerId === before.ownerId) return undefined;
  assertFields(ctx, definition, Object.keys(changed));
  if (ownerId !== before.ownerId && ownerId !== undefined) assertOwner(ctx, definition, ownerId, 'assign', before);
  await assertReferences(ctx, definition, changed, { before: old, among: options.among });
  await assertNoLoops(ctx, definition, before.id, changed);
  const values = settle(definition, applyChange(old, changed), old, ctx.now);
  const { derived: _derived, ...system } = before;
  const record: AnyRecord = {
    ...(Object.fromEntries(Object.entries(system).filter(([name]) => !(name in old))) as AnyRecord),
    ...values,
    version: before.version + 1,
    updatedAt: ctx.now,
    updatedBy: ctx.actor.memberId,
    ...(ownerId === undefined ? {} : { ownerId }),
  };
  const markers = await markerWrites(ctx, definition, record.id, old, values, options);
  return assemble(
    definition,
    before,
    record,
    { put: toItem(definition, record, stampOf(ctx)), if: ifEquals('version', before.version) },
    markers,
  );
}

/** Into the bin. Its markers are free at once: the next holder of the address is no duplicate. */
export async function prepareRemove(ctx: Context, definition: RecordDefinition, before: AnyRecord): Promise<Prepared> {
  if (!can(ctx.actor, 'delete', definition, before)) throw forbidden();
  const { derived: _derived, ...rest } = before;
  const record = { ...rest, version: before.version + 1, updatedAt: ctx.now, updatedBy: ctx.actor.memberId } as AnyRecord;
  const markers = await markerWrites(ctx, definition, record.id, valuesOf(before), {}, {});
  return assemble(
    definition,
    before,
    record,
    { put: toBinItem(definition, record, stampOf(ctx)), if: ifEquals('version', before.version) },
    markers,
    true,
  );
}

/**
 * Out of the bin, as it went in, but never to somebody who has left; who may remove a record may bring it back. References
 * may lead to what has gone since, as those of any record may. Where somebody has a marker by now, a possible duplicate
 * leaves it to him.
 */
export async function prepareRestore(ctx: Context, definition: RecordDefinition, removed: AnyRecord): Promise<Prepared> {
  if (!can(ctx.actor, 'delete', definition, removed)) throw forbidden();
  const ownerId = await ownerOnReturn(ctx, definition, removed);
  const record: AnyRecord = {
    ...removed,
    ...(ownerId === undefined ? {} : { ownerId }),
    version: removed.version + 1,
    updatedAt: ctx.now,
    updatedBy: ctx.actor.memberId,
  };
  const markers = await markerWrites(ctx, definition, record.id, {}, valuesOf(removed), { allowDuplicate: true });
  const put = toItem(definition, record, stampOf(ctx));
  return assemble(definition, removed, record, { put, if: ifEquals('version', removed.version) }, markers);
}

function assemble(
  definition: RecordDefinition,
  before: AnyRecord | undefined,
  record: AnyRecord,
  main: Write,
  markers: { write: Write; meaning: Meaning }[],
  removed = false,
): Prepared {
  const { id, version } = record;
  // What decides rights is copied where one consistent query reads it all; `commit` raises the access epoch with it.
  const copy = settingKey(definition.name, id);
  const governing: Write[] = !definition.governs
    ? []
    : [removed ? { delete: copy } : { put: { ...copy, id, version, data: valuesOf(record) } }];
  return {
    definition,
    record,
    before,
    writes: [main, ...markers.map(({ write }) => write), ...governing],
    meanings: [RECORD, ...markers.map(({ meaning }) => meaning), ...governing.map(() => OTHER)],
  };
}

function settle(definition: RecordDefinition, given: Values, before: Values | undefined, now: Instant): Values {
  const values = definition.rules.derive?.(given, before, now) ?? given;
  const issues = definition.rules.check?.(values, before) ?? [];
  if (issues.length) throw invalid(issues);
  return values;
}

function assertFields(ctx: Context, definition: RecordDefinition, names: readonly string[]): void {
  const refused = refusedFields(ctx.actor, definition, names);
  if (refused.length)
    throw new AppError('access.fields', { status: 403, issues: refused.map((field) => ({ field, code: 'field.notAllowed' })) });
}

/** An owner is an active member, and giving a record to somebody else needs the right to assign as far as to him. */
function assertOwner(ctx: Context, definition: RecordDefinition, ownerId: string, action: 'create' | 'assign', before?: AnyRecord): void {
  if (ctx.actor === SYSTEM_ACTOR) return;
  if (!ctx.activeMembers.has(ownerId)) throw invalid([{ field: 'ownerId', code: 'owner.unknown' }]);
  const mine = action === 'create' && inReach(ctx.actor, reachOf(ctx.actor, 'create', definition), ownerId);
  const assigned =
    inReach(ctx.actor, reachOf(ctx.actor, 'assign', definition), ownerId) && (!before || can(ctx.actor, 'assign', definition, before));
  if (!mine && !assigned) throw invalid([{ field: 'ownerId', code: 'owner.outOfReach' }]);
}

/** Names a marker within its workspace. */
export const markerName = ({ kind, value }: { readonly kind: string; readonly value: string }): string => `${kind}#${value}`;

/** Markers to set and to free when values change from `old` to `next`. */
async function markerWrites(
  ctx: Context,
  definition: RecordDefinition,
  id: string,
  old: Values,
  next: Values,
  { allowDuplicate = false, holders: seen }: Pick<Creation, 'allowDuplicate' | 'holders'>,
): Promise<{ write: Write; meaning: Meaning }[]> {
  const [had, has] = [markersOf(definition, old), markersOf(definition, next)];
  const added = has.filter((marker) => !had.some((each) => markerName(each) === markerName(marker)));
  const freed = had.filter((marker) => !has.some((each) => markerName(each) === markerName(marker)));
  // Only who holds a marker may free it; and where a duplicate is allowed, the first holder keeps it.
  const doubtful = [...freed, ...(allowDuplicate ? added.filter((marker) => !marker.hard) : [])];
  const holders = new Map(
    // Consistently: a marker taken for absent would never be freed.
    (
      await ctx.table.getMany(
        doubtful.map(({ kind, value }) => uniqueKey(kind, value)),
        { consistent: true },
      )
    ).map((item) => [item.pk, item['id']]),
  );
  const holderOf = (marker: { kind: string; value: string }) =>
    [...holders].find(([pk]) => pk.endsWith(uniqueKey(marker.kind, marker.value).pk))?.[1];
  return [
    ...added
      .filter((marker) => !(allowDuplicate && !marker.hard && holderOf(marker) !== undefined))
      .filter((marker) => seen?.get(markerName(marker))?.yields !== false)
      .map((marker) => {
        const { kind, value, field, hard } = marker;
        const from = seen?.get(markerName(marker))?.id;
        return {
          write: {
            put: { ...uniqueKey(kind, value), id, type: definition.name },
            if: from === undefined ? IF_ABSENT : ifEquals('id', from),
          },
          meaning: { kind: 'marker' as const, field, hard },
        };
      }),
    ...freed
      .filter((marker) => holderOf(marker) === id)
      .map(({ kind, value }) => ({ write: { delete: uniqueKey(kind, value), if: ifEquals('id', id) }, meaning: OTHER })),
  ];
}
