/**
 * What is tried on each route. A permitted attempt is made harmless by something that the product asks after rights (a
 * version nobody has, an id that is taken), so that the world stays as it is; it is `open` when it gets so far.
 */
import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { may, mayWrite, type Column, type Letter, type Whose } from './rights.ts';
import { FILE_IDS, FIRM, KEPT_NOTE_ID, NOTE_ID, valuesFor, type Seed, type World } from './world.ts';

export interface Probe {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose record, or what else tells this attempt from its neighbours. */
  readonly what: string;
  readonly open: boolean;
  /** Ids that a list must answer, no more and no fewer. */
  readonly ids?: readonly string[];
}
export type Prober = (world: World, role: string) => Probe[];

/** In which column of the rights table a type stands, and a change of one of its fields that everybody may try. */
interface Tried {
  readonly column: Column;
  readonly change: Readonly<Record<string, unknown>>;
}
export const TYPES: Readonly<Record<string, Tried>> = {
  customer: { column: 'customers', change: { industry: 'other' } },
  contact: { column: 'customers', change: { position: 'Changed' } },
  lead: { column: 'leads', change: { company: 'Changed' } },
  submission: { column: 'leads', change: {} },
  webForm: { column: 'forms', change: { consentText: 'Changed' } },
  opportunity: { column: 'sales', change: { description: 'Changed' } },
  order: { column: 'sales', change: { customerNumber: 'Changed' } },
  product: { column: 'catalogue', change: { category: 'Changed' } },
  activity: { column: 'activities', change: { description: 'Changed' } },
  churnWarning: { column: 'customers', change: {} },
  notification: { column: 'mine', change: { readAt: '2026-03-02T10:00:00.000Z' } },
  digest: { column: 'mine', change: {} },
  news: { column: 'news', change: { title: 'Changed' } },
  newsDraft: { column: 'drafts', change: { title: 'Changed' } },
  job: { column: 'mine', change: {} },
  savedView: { column: 'views', change: { name: 'Changed' } },
  sharedView: { column: 'shared', change: { name: 'Changed' } },
  member: { column: 'people', change: { post: 'Changed' } },
  workspace: { column: 'setup', change: { name: 'Changed' } },
  role: { column: 'setup', change: { description: 'Changed' } },
  application: { column: 'applications', change: {} },
  department: { column: 'setup', change: { description: 'Changed' } },
  customField: { column: 'setup', change: { nameEn: 'Changed' } },
  pipeline: { column: 'setup', change: { nameEn: 'Changed' } },
  recordForm: { column: 'setup', change: { hidden: ['tags'] } },
  valueList: { column: 'setup', change: { options: [{ key: 'a', label: { en: 'Changed', zh: '改' } }] } },
};
/** A change of a field that service staff and members themselves may make too. */
const SMALL_CHANGE: Readonly<Record<Column, Readonly<Record<string, unknown>>>> = {
  customers: { notes: 'Changed' },
  leads: { notes: 'Changed' },
  people: { language: 'zh-CN' },
  forms: {},
  sales: {},
  catalogue: {},
  activities: {},
  mine: {},
  views: {},
  shared: {},
  setup: {},
  applications: {},
  news: {},
  drafts: {},
  reports: {},
};

const NEVER = { 'if-match': '999999' };
const columnOf = (type: string): Column => {
  const tried = TYPES[type];
  if (!tried) throw new Error(`record type ${type} stands in no column: add a line to TYPES in test/matrix/probes.ts`);
  return tried.column;
};

/** One record for each relation to the bearer of a role: own, team, span, other or nobody, and a rival's. */
export function oneOfEach(
  { seeds, rivals, whoseOf }: World,
  role: string,
  type: string,
): { seed: Seed; whose: ReturnType<World['whoseOf']> }[] {
  const all = [...seeds, ...rivals].filter((seed) => seed.type === type).map((seed) => ({ seed, whose: whoseOf(role, seed) }));
  return [...new Map(all.map((each) => [each.whose, each])).values()];
}

/** Tries a route `…/{id}…` on a record of each relation. */
function onEach(
  route: Pick<Route, 'method' | 'path'>,
  type: string,
  letter: Letter,
  sent: { body?: unknown; headers?: Probe['headers'] } = {},
): Prober {
  const column = columnOf(type);
  return (world, role) =>
    oneOfEach(world, role, type).map(({ seed, whose }) => {
      const path = route.path.replace('{id}', seed.id);
      return { method: route.method, path, what: whose, open: may(role, letter, column, whose), ...sent };
    });
}

const idsFor = ({ seeds, whoseOf }: World, role: string, type: string): string[] =>
  seeds.filter((seed) => seed.type === type && may(role, 'R', columnOf(type), whoseOf(role, seed))).map(({ id }) => id);

const listed =
  (route: Route, type: string, body?: unknown): Prober =>
  (world, role) => {
    const open = may(role, 'R', columnOf(type));
    return [
      {
        method: route.method,
        path: route.path,
        what: 'all',
        open,
        ...(body ? { body } : {}),
        ...(open ? { ids: idsFor(world, role, type) } : {}),
      },
    ];
  };

/** A new record for an owner of each relation, under an id that is taken. */
const created =
  (route: Route, type: string): Prober =>
  (world, role) => {
    const definition = definitionOf(type);
    const column = columnOf(type);
    const own = world.seeds.findIndex((seed) => seed.type === type && seed.holder === world.memberOf(role));
    const values = valuesFor(definition, FIRM, own < 0 ? 1 : own + 1);
    const reference = Object.entries(definition.fields).find(([, field]) => field.required && (field as { to?: string }).to);
    const owned =
      reference &&
      world.seeds.find(({ type: to, holder }) => to === (reference[1] as { to?: string }).to && holder === world.memberOf(role));
    const body = { ...values, ...(owned ? { [reference[0]]: owned.id } : {}) };
    return oneOfEach(world, role, type)
      .filter(({ whose }) => whose !== 'rival')
      .map(({ seed, whose }) => ({
        method: route.method,
        path: `${route.path}?allowDuplicate=true`,
        body: { ...body, id: seed.id, ...(seed.holder ? { ownerId: seed.holder } : {}) },
        what: `for ${whose}`,
        open: may(role, 'C', column, whose) || (may(role, 'C', column) && may(role, 'A', column, whose)),
      }));
  };

/** Changes: of any field, of a field that more people may write, and of the owner. */
function changed(route: Route, type: string): Prober {
  const { column, change } = TYPES[type]!;
  const definition = definitionOf(type);
  const fields = [change, SMALL_CHANGE[column]].filter((each) => Object.keys(each).length && Object.keys(each)[0]! in definition.fields);
  return (world, role) =>
    oneOfEach(world, role, type).flatMap(({ seed, whose }) => {
      const attempt = (what: string, body: Readonly<Record<string, unknown>>, open: boolean): Probe => ({
        ...{ method: route.method, path: route.path.replace('{id}', seed.id), headers: NEVER },
        ...{ body, what, open: may(role, 'U', column, whose) && open },
      });
      const targets = definition.paths.owner ? (['teammate', 'stranger'] as const) : [];
      return [
        ...fields.map((body) => attempt(`${whose}, ${Object.keys(body)[0]!}`, body, mayWrite(role, column, Object.keys(body)[0]!))),
        ...targets
          .map((name) => ({ name, ownerId: world.memberOf(name) }))
          .filter(({ ownerId }) => ownerId !== seed.holder)
          .map(({ name, ownerId }) => {
            const target = world.whoseOf(role, { type, id: '', holder: ownerId });
            return attempt(`${whose}, given to the ${name}`, { ownerId }, may(role, 'A', column, whose) && may(role, 'A', column, target));
          }),
      ];
    });
}

/** On what a stranger has put under each record: `{noteId}`, `{fileId}` of the routes. What is taken away is another file than what is read. */
const onTheirs = (route: Route, type: string, isOpen: (role: string, whose: Whose) => boolean, body?: unknown): Prober => {
  const fileId = route.method === 'DELETE' ? FILE_IDS.removed : FILE_IDS.kept;
  const noteId = route.path.endsWith('/pin') ? KEPT_NOTE_ID : NOTE_ID;
  const theirs = { method: route.method, path: route.path.replace('{noteId}', noteId).replace('{fileId}', fileId) };
  return (world, role) =>
    onEach(theirs, type, 'R', { body })(world, role).map((probe) => ({
      ...probe,
      open: probe.open && isOpen(role, probe.what as Whose),
    }));
};

/** The routes that every type has, or every type that people discuss, by what follows its plural. */
const GENERIC: Readonly<Record<string, (route: Route, type: string) => Prober>> = {
  'GET ': listed,
  'POST /query': (route, type) => listed(route, type, { filter: { all: [] } }),
  'GET /{id}': (route, type) => onEach(route, type, 'R'),
  'GET /{id}/history': (route, type) => onEach(route, type, 'R'),
  'GET /{id}/timeline': (route, type) => onEach(route, type, 'R'),
  'POST ': created,
  'PATCH /{id}': changed,
  'DELETE /{id}': (route, type) => onEach(route, type, 'D', { headers: NEVER }),
  // Of a record that is not removed: nothing is left to do.
  'POST /{id}/restore': (route, type) => onEach(route, type, 'D', { headers: NEVER }),
  // Whoever reads a record and may log activities writes under it; a note is its writer's, and of who may delete the record.
  'POST /{id}/notes': (route, type) => onTheirs(route, type, (role) => may(role, 'C', 'activities'), {}),
  'PATCH /{id}/notes/{noteId}': (route, type) => onTheirs(route, type, () => false, { text: 'Changed' }),
  'DELETE /{id}/notes/{noteId}': (route, type) => onTheirs(route, type, (role, whose) => may(role, 'D', columnOf(type), whose)),
  'POST /{id}/notes/{noteId}/pin': (route, type) => onTheirs(route, type, (role, whose) => may(role, 'D', columnOf(type), whose)),
  'DELETE /{id}/notes/{noteId}/pin': (route, type) => onTheirs(route, type, (role, whose) => may(role, 'D', columnOf(type), whose)),
  // So it is with files; and a file is taken by who announced it.
  'GET /{id}/files': (route, type) => onEach(route, type, 'R'),
  'POST /{id}/files': (route, type) => onTheirs(route, type, (role) => may(role, 'C', 'activities'), {}),
  'GET /{id}/files/{fileId}': (route, type) => onTheirs(route, type, () => true),
  'POST /{id}/files/{fileId}/complete': (route, type) => onTheirs(route, type, () => false, {}),
  'DELETE /{id}/files/{fileId}': (route, type) => onTheirs(route, type, (role, whose) => may(role, 'D', columnOf(type), whose)),
  'GET /{id}/readers': (route, type) => onEach(route, type, 'R'),
  'GET /{id}/followers': (route, type) => onEach(route, type, 'R'),
  'POST /{id}/follow': (route, type) => onEach(route, type, 'R'),
  'DELETE /{id}/follow': (route, type) => onEach(route, type, 'R'),
};

/** Attempts on one of the routes that every type has; undefined for a route of another kind. */
export function genericProber(route: Route): Prober | undefined {
  for (const { name, ...definition } of REGISTRY) {
    const base = `/${segmentOf(definition)}`;
    if (route.path !== base && !route.path.startsWith(`${base}/`)) continue;
    columnOf(name);
    return GENERIC[`${route.method} ${route.path.slice(base.length)}`]?.(route, name);
  }
  return undefined;
}
