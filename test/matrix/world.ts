/** A firm with one member of each role, and a rival firm: a record of every type for everybody whose record it may be. */
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { SYSTEM_ACTOR, type Rights } from '../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';
import { toChange, follow } from '../../functions/records/follow.ts';
import { indexChanges } from '../../functions/records/indexing.ts';
import { addNote } from '../../functions/records/notes.ts';
import { commitPlan } from '../../functions/records/operations.ts';
import { pinyin } from '../../functions/records/pinyin.ts';
import { readDirectory } from '../../functions/runtime/directory.ts';
import { putMembership } from '../../functions/table/entry.ts';
import { fileKey } from '../../functions/table/keys.ts';
import { idOf, sampleValues, type Desk } from '../support/desk.ts';
import { ROLES, type Whose } from './rights.ts';

export const FIRM = 'firm';
export const RIVAL = 'rival';
/** Stands in every title; in what is personal; in everything of the rival firm. Small letters, so that search words equal them. */
export const TITLED = 'zebra';
const PERSONAL = 'quokka';
const RIVALS = 'vulture';
export const CANARIES = { PERSONAL, RIVALS };

export interface Seed {
  readonly type: string;
  readonly id: string;
  /** The member who owns it, or whom it describes; absent: nobody. */
  readonly holder?: string | undefined;
}

interface Person {
  readonly name: string;
  readonly memberId: string;
  readonly place: Place;
}

export interface World {
  readonly seeds: readonly Seed[];
  readonly rivals: readonly Seed[];
  readonly memberOf: (name: string) => string;
  /** Whose a record is, as the bearer of that role sees it. */
  readonly whoseOf: (role: string, seed: Seed) => Whose;
}

/** Departments: everybody of a role sits in the first one, which has the second below it. */
type Place = 'home' | 'below' | 'away';
const COLLEAGUES = { teammate: 'home', subordinate: 'below', stranger: 'away' } as const;
const numberIn = (tenant: string, n: number): number => (tenant === FIRM ? n : 100 + n);
const departmentId = (tenant: string, place: Place): string => idOf('dep', numberIn(tenant, ['home', 'below', 'away'].indexOf(place) + 1));

/** One person for each role and three more around them; ids of the rival's people are others. */
const peopleOf = (tenant: string): Person[] => {
  const actors = ROLES.map((name) => [name, 'home'] as const);
  return [...actors, ...Object.entries(COLLEAGUES)].map(([name, place], i) => ({
    name: tenant === FIRM ? name : `${tenant}-${name}`,
    memberId: idOf('mem', numberIn(tenant, i + 1)),
    place,
  }));
};

interface Making {
  readonly tenant: string;
  readonly people: readonly Person[];
  /** Rights of a role where they are others than the default: a deliberate mistake. */
  readonly rights: Readonly<Record<string, Rights>>;
}

/** @returns the world, seeded with history, feed and search rows as the stream would make them */
export async function makeWorld(desk: Desk, rights: Making['rights'] = {}): Promise<World> {
  const [firm, rival] = [FIRM, RIVAL].map((tenant) => ({ tenant, people: peopleOf(tenant), rights }));
  const seeds = await populate(desk, firm!);
  const rivals = await populate(desk, rival!);
  const memberOf = (name: string): string => firm!.people.find((person) => person.name === name)!.memberId;
  const placeOf = new Map(firm!.people.map(({ memberId, place }) => [memberId, place]));
  const theirs = new Set(rivals.map(({ id }) => id));
  const whoseOf = (role: string, { id, holder }: Seed): Whose => {
    if (theirs.has(id)) return 'rival';
    if (holder === undefined) return 'nobody';
    if (holder === memberOf(role)) return 'own';
    return ({ home: 'team', below: 'span', away: 'other' } as const)[placeOf.get(holder)!];
  };
  return { seeds, rivals, memberOf, whoseOf };
}

async function populate(desk: Desk, making: Making): Promise<Seed[]> {
  const { tenant, people } = making;
  const system = { ...desk.as(tenant, 0), actor: SYSTEM_ACTOR };
  const writes = [...foundations(making), ...REGISTRY.filter(({ name }) => !FOUNDED.has(name)).flatMap((each) => recordsOf(each, making))];
  for (let at = 0; at < writes.length; at += 12)
    await commitPlan(system, { writes: writes.slice(at, at + 12).map((write) => ({ op: 'create', allowDuplicate: true, ...write })) });
  const changes = await Promise.all(
    writes.map(async ({ type, id }) => toChange(undefined, await desk.itemOf(system, type, id), system.now)!),
  );
  await follow(system.table, changes, 'UTC');
  await indexChanges(system.table, NO_SHAPE, changes, pinyin);
  await discuss(desk, making, writes);
  for (const { name, memberId } of people) await putMembership(desk.db, `sub-${name}`, { tenant, memberId });
  return writes.map(({ type, id, ownerId }) => ({ type, id, holder: type === 'member' ? id : ownerId }));
}

/** Ids of the notes and of the files under every record that people discuss. */
export const NOTE_ID = idOf('not', 1);
/** Of one that nobody takes away. */
export const KEPT_NOTE_ID = idOf('not', 2);
export const FILE_IDS = { kept: idOf('fil', 1), removed: idOf('fil', 2) };

/** Two notes and two files of the stranger's under each record. */
async function discuss(desk: Desk, { tenant, people }: Making, made: readonly Creation[]): Promise<void> {
  const stranger = people.findIndex(({ place }) => place === 'away');
  const ctx = desk.as(tenant, numberIn(tenant, stranger + 1));
  const directory = await readDirectory({}, ctx.table, ctx.now);
  const note = { id: NOTE_ID, text: tenant === FIRM ? TITLED : RIVALS };
  const discussed = made.filter(({ type }) => definitionOf(type).discussed);
  for (const noteId of [NOTE_ID, KEPT_NOTE_ID])
    await Promise.all(discussed.map(({ type, id }) => addNote(ctx, directory, type, id, { ...note, id: noteId })));
  const file = { name: `${note.text}.pdf`, size: 7, state: 'ready', by: ctx.actor.memberId, at: ctx.now };
  await ctx.table.writeMany(
    discussed.flatMap(({ type, id }) =>
      Object.values(FILE_IDS).map((fileId) => ({ put: { ...fileKey(type, id, fileId), ...file, id: fileId } })),
    ),
  );
}

interface Creation {
  readonly type: string;
  readonly id: string;
  readonly ownerId?: string;
  readonly values: Values;
}

const FOUNDED = new Set(['role', 'department', 'member']);
const roleId = (tenant: string, key: string): string => idOf('rol', numberIn(tenant, ROLES.indexOf(key) + 1));

/** What decides rights; the rival firm is built alike, under other ids. */
function foundations({ tenant, people, rights }: Making): Creation[] {
  const canary = tenant === FIRM ? TITLED : RIVALS;
  const department = (place: Place, parent?: Place) => ({
    type: 'department',
    id: departmentId(tenant, place),
    values: { name: `${canary} ${place}`, ...(parent ? { parentId: departmentId(tenant, parent) } : {}) },
  });
  return [
    department('home'),
    department('below', 'home'),
    department('away'),
    ...ROLES.map((key) => ({
      type: 'role',
      id: roleId(tenant, key),
      values: { key, name: `${canary} ${key}`, rights: rights[key] ?? DEFAULT_ROLES.find((role) => role.key === key)!.rights },
    })),
    ...people.map(({ name, memberId, place }, i) => ({
      type: 'member',
      id: memberId,
      values: {
        name: `${canary} ${name}`,
        email: `${name}@${tenant}.test`,
        roleId: roleId(tenant, ROLES[i] ?? 'sales'),
        departmentId: departmentId(tenant, place),
        status: 'active',
        subject: `sub-${name}`,
      },
    })),
  ];
}

/** One record for each person, or a single one of nobody's where the type has no owner. */
function recordsOf(definition: RecordDefinition, { tenant, people }: Making): Creation[] {
  const owners = definition.paths.owner ? people.map(({ memberId }) => memberId) : [undefined];
  return owners.map((ownerId, i) => {
    const n = numberIn(tenant, i + 1);
    return {
      type: definition.name,
      id: idOf(definition.idPrefix, n),
      ...(ownerId ? { ownerId } : {}),
      values: valuesFor(definition, tenant, n),
    };
  });
}

/** Sample values with canaries in every line of text, and the references that the type needs to those of the same person. */
export function valuesFor(definition: RecordDefinition, tenant: string, n: number): Values {
  const values = sampleValues(definition, n);
  for (const [name, field] of Object.entries(definition.fields)) {
    const to = (field as { to?: string }).to;
    if (to && field.required) values[name] = idOf(REGISTRY.find((each) => each.name === to)!.idPrefix, n);
    if (field.kind !== 'text' || !(name in values) || definition.name === 'workspace' || definition.name === 'customField') continue;
    values[name] = `${tenant === FIRM ? TITLED : RIVALS} ${field.sensitivity === 'personal' ? `${PERSONAL} ` : ''}${n}`;
  }
  return values;
}
