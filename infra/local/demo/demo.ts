/**
 * The demo workspace: ten weeks in a small firm, told through the API as its staff would have done it. The clock goes back
 * to the day on which it took the product into use and comes forward scene by scene, so that histories, counters, timelines and digests are
 * what the product itself made of them.
 */
import { randomBytes } from 'node:crypto';
import { addDays, localDay, localInstant, toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { churnWarning } from '../../../shared/insight/churnWarning.ts';
import { segmentOf } from '../../../shared/kernel/record.ts';
import { NOTE_PREFIX } from '../../../shared/workspace/note.ts';
import { definitionOf } from '../../../shared/registry.ts';
import type { LocalHost } from '../host.ts';
import { createApi, type Api, type ApiClient } from './apiClient.ts';
import { openFirm, type Forms } from './openFirm.ts';
import { emailOf, firm, owner, password, staff } from './people.ts';
import type { Body, Scene, Step } from './steps.ts';
import { story } from './story.ts';

/** Who can sign in, all with the one password. */
export const signIns: readonly { role: string; email: string }[] = [owner, ...staff].map((colleague) => ({
  role: colleague.role === 'salesManager' ? 'manager' : colleague.role,
  email: emailOf(colleague),
}));
export { password };

const HOUR_MS = 3_600_000;
/** The machine may be busy; only a stream that has stopped is meant. */
const PATIENCE_MS = 120_000;

/** Records of the story by the name that its steps use. */
type Known = Map<string, { id: string; version: number }>;
interface Telling {
  readonly api: Api;
  readonly forms: Forms;
  readonly known: Known;
}

/**
 * Fills an empty deployment; the host's clock ends where it was.
 * @returns ids of the firm's web forms by their language
 */
export async function seedDemo({ url, clock, mail, functions }: Pick<LocalHost, 'url' | 'clock' | 'mail' | 'functions'>): Promise<Forms> {
  const { offsetMs } = clock;
  const api = createApi({ baseUrl: url, now: clock.now, password });
  const today = localDay(toInstant(clock.now()), firm.zone);
  const scenes = story(today);
  try {
    clock.set(momentOf(scenes[0]!, today) - HOUR_MS);
    const forms = await openFirm(api, mail);
    const telling: Telling = { api, forms, known: new Map() };
    const follow = followFeed(api);
    for (const scene of scenes) {
      if (scene.daysAgo > 0) clock.set(momentOf(scene, today));
      else clock.shift(offsetMs - clock.offsetMs);
      // Each morning's digest first, or that of a busy host would come late and tell of two days.
      if (scene.daysAgo > 0 && scene !== scenes[0]) await follow((row) => row.type === 'digest');
      const written = await play(scene, telling);
      if (written.size) await follow(({ id }) => written.delete(id) && !written.size);
    }
    await markAsDemo(api, functions, toInstant(clock.now()));
    return forms;
  } finally {
    clock.shift(offsetMs - clock.offsetMs);
  }
}

/** What no member may say of a workspace, its operator says. */
async function markAsDemo(api: Api, functions: LocalHost['functions'], now: string): Promise<void> {
  const { workspace } = await api.as(emailOf(owner)).call<{ workspace: { id: string } }>('GET', 'session');
  const answer = await functions.get('maintenance')!.invoke({ command: 'markDemo', tenant: workspace.id, now });
  if (!answer.ok) throw new Error(`the demo could not be marked: ${JSON.stringify(answer)}`);
}

/** Soon after the hour of digests, so that each morning's comes before the day's work. */
const momentOf = ({ daysAgo }: Scene, today: string): number => toMs(localInstant(addDays(today, -daysAgo), '08:30', firm.zone));

/**
 * Each colleague's steps in their order, the colleagues side by side.
 * @returns ids of the records that were written
 */
async function play(scene: Scene, telling: Telling): Promise<Set<string>> {
  const byPerson = Map.groupBy(scene.steps, (step) => ('by' in step ? step.by : 'visitor'));
  const written = new Set<string>();
  await Promise.all(
    [...byPerson.values()].map(async (steps) => {
      for (const step of steps) {
        const id = await take(step, telling);
        if (id) written.add(id);
      }
    }),
  );
  return written;
}

/** @returns id of the record that was written, if any was */
async function take(step: Step, { api, forms, known }: Telling): Promise<string | undefined> {
  if (step.kind === 'post')
    return (await api.call<{ receipt: string }>('POST', `public/forms/${forms[step.language]}`, step.answers)).receipt;
  const { call } = api.as(emailOf({ key: step.by }));
  if (step.kind === 'takeUp') return takeUp(call);
  if (step.kind === 'giveUp') return giveUp(call);
  const definition = definitionOf(step.type);
  const segment = segmentOf(definition);
  if (step.kind === 'create') {
    const id = makeId(definition.idPrefix, Date.now(), randomBytes(10));
    const { version } = await call<Written>('POST', segment, { id, ...resolve(step.body, known) });
    known.set(step.ref, { id, version });
    return id;
  }
  const { id, version } = known.get(step.ref)!;
  const path = `${segment}/${id}`;
  const seen = { 'if-match': String(version) };
  switch (step.kind) {
    case 'note':
      await call('POST', `${path}/notes`, { id: makeId(NOTE_PREFIX, Date.now(), randomBytes(10)), text: step.text });
      return undefined;
    case 'update': {
      const changed = await call<Written>('PATCH', path, resolve(step.body, known), seen);
      known.set(step.ref, { id, version: changed.version });
      return id;
    }
    case 'command': {
      const answer = await call<Written & Readonly<Record<string, Written>>>('POST', `${path}/${step.name}`, step.body ?? {}, seen);
      known.set(step.ref, { id, version: answer.version ?? version + 1 });
      if (step.makes) known.set(step.makes.ref, answer[step.makes.type]!);
      return id;
    }
    default:
      return step satisfies never;
  }
}

type Written = { readonly id: string; readonly version: number };
type Listed = Written & Readonly<Record<string, unknown>>;

/** One's own record of a state, the one with the earliest value of a field. */
async function earliestOf(call: ApiClient['call'], plural: string, status: string, field: string): Promise<Listed | undefined> {
  const { member } = await call<{ member: { id: string } }>('GET', 'session');
  const mine = { filter: { field: 'status', op: 'is', value: status }, owner: member.id };
  const { items } = await call<{ items: Listed[] }>('POST', `${plural}/query`, mine);
  return items.sort((a, b) => (String(a[field]) < String(b[field]) ? -1 : 1))[0];
}

async function takeUp(call: ApiClient['call']): Promise<string | undefined> {
  const oldest = await earliestOf(call, 'leads', 'new', 'createdAt');
  if (oldest) await call('PATCH', `leads/${oldest.id}`, { status: 'working' }, { 'if-match': String(oldest.version) });
  return oldest?.id;
}

async function giveUp(call: ApiClient['call']): Promise<string | undefined> {
  const path = segmentOf(churnWarning);
  const silent = await earliestOf(call, path, 'open', 'lastOrderOn');
  if (silent) await call('POST', `${path}/${silent.id}/close`, { outcome: 'lost' }, { 'if-match': String(silent.version) });
  return silent?.id;
}

/** Refs in all depths of a body, in the place of which ids belong. */
function resolve(body: Body, known: Known): Body {
  const idIn = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith('@') ? known.get(value.slice(1))!.id : value;
    if (Array.isArray(value)) return value.map(idIn);
    return typeof value === 'object' && value !== null ? resolve(value as Body, known) : value;
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, idIn(value)]));
}

type FeedRow = { readonly type: string; readonly id: string };

/**
 * Reads the feed on and on, up to the row that is waited for. What follows from a change carries the moment at which
 * the stream tells it, so the clock must not move before the feed has told it.
 */
function followFeed(api: Api): (isLast: (row: FeedRow) => boolean) => Promise<void> {
  const { call } = api.as(emailOf(owner));
  let position = 0;
  return async (isLast) => {
    const end = Date.now() + PATIENCE_MS;
    for (let found = false; !found;) {
      const page = await call<{ position: number; items: FeedRow[] }>('GET', `changes?since=${position}`);
      position = page.position;
      found = page.items.map(isLast).includes(true);
      if (Date.now() > end) throw new Error('the stream does not tell what was written');
      if (!found && !page.items.length) await new Promise((later) => setTimeout(later, 20));
    }
  };
}
