/**
 * The demo workspace: weeks in a small firm, told through the API as its staff would have done it. The clock goes back
 * to the firm's first day and comes forward scene by scene, so that histories, counters, timelines and digests are
 * what the product itself made of them.
 */
import { randomBytes } from 'node:crypto';
import { addDays, localDay, localInstant, toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { definitionOf } from '../../../shared/registry.ts';
import type { LocalHost } from '../host.ts';
import { createApi, type Api, type ApiClient } from './apiClient.ts';
import { openFirm, type Forms } from './openFirm.ts';
import { emailOf, firm, owner, password, staff } from './people.ts';
import { story, type Body, type Scene, type Step } from './story.ts';

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
export async function seedDemo({ url, clock, mail }: Pick<LocalHost, 'url' | 'clock' | 'mail'>): Promise<Forms> {
  const { offsetMs } = clock;
  const api = createApi({ baseUrl: url, now: clock.now, password });
  const today = localDay(toInstant(clock.now()), firm.zone);
  const scenes = story();
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
      await follow(({ id }) => written.delete(id) && !written.size);
    }
    return forms;
  } finally {
    clock.shift(offsetMs - clock.offsetMs);
  }
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
  if (step.kind === 'create') {
    const { plural, idPrefix } = definitionOf(step.type);
    const id = makeId(idPrefix, Date.now(), randomBytes(10));
    const { version } = await call<{ version: number }>('POST', plural, { id, ...resolve(step.body, known) });
    known.set(step.ref, { id, version });
    return id;
  }
  const { id, version } = known.get(step.ref)!;
  const seen = { 'if-match': String(version) };
  if (step.kind === 'convert') {
    await call('POST', `leads/${id}/convert`, {}, seen);
  } else {
    const changed = await call<{ version: number }>('PATCH', `${definitionOf(step.type).plural}/${id}`, step.body, seen);
    known.set(step.ref, { id, version: changed.version });
  }
  return id;
}

async function takeUp(call: ApiClient['call']): Promise<string | undefined> {
  const { member } = await call<{ member: { id: string } }>('GET', 'session');
  const mine = { filter: { field: 'status', op: 'is', value: 'new' }, owner: member.id };
  const { items } = await call<{ items: { id: string; version: number; createdAt: string }[] }>('POST', 'leads/query', mine);
  const oldest = items.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
  if (oldest) await call('PATCH', `leads/${oldest.id}`, { status: 'working' }, { 'if-match': String(oldest.version) });
  return oldest?.id;
}

const resolve = (body: Body, known: Known): Body =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('@') ? known.get(value.slice(1))!.id : value,
    ]),
  );

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
