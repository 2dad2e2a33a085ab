import { compareAll, ENVIRONMENT, redriveStream, stream, tick, workers } from './functions.ts';
import { withSeededChance } from './chance.ts';
import { clearDemo } from './commanding.ts';
import type { Desk } from './desk.ts';
import { type Firm, openFirm } from './firm.ts';
import { factsOf, recordIn } from './invariants/facts.ts';
import { INVARIANTS } from './invariants/index.ts';
import { Ledger } from './ledger.ts';
import { hearLogs } from './logs.ts';
import { takeOverMails, type Mails } from './mailService.ts';
import { type Objects, takeOverObjects } from './objectStore.ts';
import { Queues, takeOverQueues } from './queues.ts';
import { Replica } from './replica.ts';
import { work } from './staff.ts';
import { NeverRests } from './timeline.ts';
import { visit } from './visitors.ts';
import type { Sabotage } from './sabotage.ts';
import type { Weather } from './weather.ts';
import { World } from './world.ts';

/** What one history came to. */
export interface Outcome {
  readonly seed: number;
  readonly steps: number;
  readonly requests: number;
  readonly changes: number;
  /** Routes that have done what somebody asked, as `POST /orders/{id}/confirm`. */
  readonly done: ReadonlySet<string>;
  readonly violations: readonly string[];
  /** Two runs of one seed have the same. */
  readonly digest: string;
  /** The last lines of what happened, those with a word in them. */
  readonly trace: (word: string) => string[];
}

export interface Plan {
  readonly seed: number;
  /** Otherwise drawn from the seed. */
  readonly weather?: Weather;
  /** Things each person does. */
  readonly rounds?: number;
  /** A mistake between the product and its database. */
  readonly sabotage?: Sabotage;
}

/** Ten times what a history takes. */
const MOST_STEPS = 60_000;
/** What functions may log about: their own refusals, and a poisoned change. */
const EXPECTED = new Set(['AppError', 'ValidationException']);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** After the night, of all the things each person does. */
const NEXT_DAY_ROUNDS = 2;
/** At work beside the owner of each firm. */
const MOST_OTHERS = 2;
/** More than a submission is kept, less than due work that was left behind. */
const QUARTER_DAYS = 95;
const MINUTES_TO_CATCH_UP = 12;
const NIGHT_MINUTES = 26 * 60;
/** Longer than any function remembers what it has read of rights. */
const FRESH_MS = 31_000;

/** Lives through one history, brings it to rest, and holds it against the invariants. */
export function simulate(plan: Plan): Promise<Outcome> {
  Object.assign(process.env, ENVIRONMENT);
  return withSeededChance(plan.seed, () => live(plan));
}

async function live({ seed, weather, rounds = 8, sabotage }: Plan): Promise<Outcome> {
  const world = new World(seed, stream, weather, sabotage);
  const queues = new Queues(world, workers);
  const mails: Mails = { asked: [], taken: [] };
  const objects: Objects = new Map();
  const giveBack = [
    takeOverQueues(world, queues),
    takeOverMails(world, mails),
    takeOverObjects(world, objects),
    hearLogs((line) => hear(world, line)),
  ];
  try {
    const ledger = new Ledger();
    const firms = await open(world, ledger);
    const desks = firms.flatMap((firm) => desksFor({ world, ledger, objects }, firm));
    await during(world, runTicks(world, world.timeline.nowMs, 1));
    world.timeline.nowMs += DAY_MS;
    world.calm = false;
    await during(
      world,
      Promise.all([
        runTicks(world, world.timeline.nowMs, 1),
        ...desks.map((desk) => work(desk, rounds - NEXT_DAY_ROUNDS)),
        ...firms.map((firm) => visit(world, ledger, firm, rounds)),
      ]),
    );
    await during(world, Promise.all([night(world), redriven(world)]));
    await during(world, Promise.all(desks.map((desk) => work(desk, NEXT_DAY_ROUNDS))));
    world.calm = true;
    await rest(world, queues, desks);
    if (world.random.chance(0.3)) for (const wrong of await comparison(world, firms)) world.violation(`comparison: ${wrong}`);
    for (const firm of firms) {
      const replicas = desks.map(({ replica }) => replica);
      const facts = factsOf({
        firm,
        store: world.memory.store,
        ledger,
        replicas,
        mails,
        objects,
        toldLate: world.stream.toldLate,
        lastTickMs: world.lastTickMs,
        functionsDied: world.weather.killed > 0,
      });
      for (const [name, invariant] of Object.entries(INVARIANTS))
        for (const wrong of invariant(facts)) world.violation(`${name}: ${wrong}`);
    }
  } catch (error) {
    if (!(error instanceof NeverRests)) throw error;
    world.violation(error.message);
  } finally {
    for (const back of giveBack) back();
  }
  return {
    seed,
    steps: world.timeline.steps,
    requests: world.requests,
    changes: world.memory.store.changes.length,
    done: world.done,
    violations: world.violations,
    digest: world.trace.digest(),
    trace: (word) => world.trace.tail(4000, word),
  };
}

/** At work: the owner, who may do everything, and some of the others. */
function desksFor(given: Pick<Desk, 'world' | 'ledger' | 'objects'>, { people, isDemo }: Firm): Desk[] {
  const { world } = given;
  const [owner, ...others] = people;
  while (others.length > MOST_OTHERS) others.splice(world.random.int(0, others.length - 1), 1);
  const colleagues: Desk[] = [];
  for (const person of [owner!, ...others])
    colleagues.push({ ...given, person, mayClear: isDemo && person === owner, replica: new Replica(world, person), colleagues });
  return colleagues;
}

/** A fault that is no refusal, no bad input and no weather is a mistake of ours. */
function hear(world: World, line: Readonly<Record<string, unknown>>): void {
  const { level, message, error, stack } = line;
  world.trace.add(`${world.timeline.nowMs} logs ${String(message)} ${String(error)}`);
  if (level === 'error' && !EXPECTED.has(String(error)))
    world.violation(`logged ${String(message)} ${String(error)}: ${String(stack).slice(0, 300)}`);
}

/** Everything that follows from a piece of work, and the work itself. */
async function during(world: World, work: Promise<unknown>): Promise<void> {
  await world.timeline.run(MOST_STEPS);
  const open = Symbol('open');
  if ((await Promise.race([work, Promise.resolve(open)])) === open) world.violation('the world came to rest before its people did');
}

/** A day and more of the minute tick: some minutes twice, some late, most of them left out. */
async function night(world: World): Promise<void> {
  const { random, timeline } = world;
  for (let minutes = 0; minutes < NIGHT_MINUTES;) {
    void runTicks(world, timeline.nowMs, random.chance(0.2) ? 2 : 1);
    if (random.chance(0.3)) world.memory.store.expire();
    const pause = random.int(20, 240);
    await timeline.sleep(pause * MINUTE_MS);
    minutes += pause;
  }
}

/** A quarter of a year in which nobody comes: bins are emptied, submissions go, and so do the mornings. */
async function quarter(world: World): Promise<void> {
  world.timeline.nowMs += QUARTER_DAYS * DAY_MS;
  world.memory.store.expire();
  // Every minute goes as far as one run may.
  for (let minute = 0; minute < MINUTES_TO_CATCH_UP; minute++) {
    await runTicks(world, world.timeline.nowMs, 1);
    await world.timeline.sleep(MINUTE_MS);
  }
}

/** What the product itself finds wrong, at the moment of the last tick: a morning that has come since is yet to be looked for. */
async function comparison(world: World, firms: readonly Firm[]): Promise<string[]> {
  const started = Promise.all(firms.map(({ tenant }) => compareAll(world.memory, tenant, world.lastTickMs)));
  await during(world, started);
  return (await Promise.all((await started).map((report) => report()))).flat();
}

/** By the operator's command, which may die like any other; what it has done by then is done again. */
async function redriven(world: World): Promise<void> {
  const container = world.idle('maintenance');
  await container.invoke(() => redriveStream(container, world.stream.failedBatches)).catch(() => undefined);
}

async function runTicks(world: World, nowMs: number, times: number): Promise<void> {
  world.lastTickMs = nowMs;
  const each = Array.from({ length: times }, () => {
    const container = world.idle('tick');
    return container.invoke(() => tick(container, nowMs));
  });
  // EventBridge asks a few times and then lets it be: the next minute comes anyway.
  await Promise.allSettled(each);
}

/** The causes are mended, what was given up is done again, and every reader looks once more. */
async function rest(world: World, queues: Queues, desks: readonly Desk[]): Promise<void> {
  world.poison.clear();
  queues.redrive();
  await during(world, redriven(world));
  // Whoever sees that it has not ended asks again.
  await during(
    world,
    Promise.all(desks.filter(({ mayClear, ledger, person }) => mayClear && ledger.clearings.has(person.tenant)).map(clearDemo)),
  );
  if (world.random.chance(0.15)) await during(world, quarter(world));
  // What a tick left undone, the next one does.
  await during(world, runTicks(world, world.timeline.nowMs, 2));
  for (let look = 0; look < 2; look++) {
    world.timeline.nowMs += FRESH_MS;
    await during(world, Promise.all(desks.map(({ replica }) => replica.follow())));
  }
}

async function open(world: World, ledger: Ledger): Promise<Firm[]> {
  const firms = [
    await openFirm(world, { name: 'north', zone: 'Asia/Shanghai' }),
    await openFirm(world, { name: 'south', zone: 'America/New_York', isDemo: world.random.chance(0.3) }),
  ];
  await world.timeline.run(MOST_STEPS);
  for (const { tenant } of firms)
    for (const item of world.memory.store.all())
      if (item['sk'] === 'A' && String(item['pk']).startsWith(`T#${tenant}#`)) ledger.saw(tenant, String(item['type']), recordIn(item));
  return firms;
}
