import { readStream } from '../../functions/workspace/changes.stream.ts';
import { withSeededChance } from './chance.ts';
import { type Firm, openFirm } from './firm.ts';
import { factsOf, recordIn } from './invariants/facts.ts';
import { INVARIANTS } from './invariants/index.ts';
import { Ledger } from './ledger.ts';
import { Replica } from './replica.ts';
import { type Desk, work } from './staff.ts';
import { poisonName, type StreamReader } from './streamMapping.ts';
import type { Weather } from './weather.ts';
import { World } from './world.ts';

/** What one history came to. */
export interface Outcome {
  readonly seed: number;
  readonly steps: number;
  readonly requests: number;
  readonly changes: number;
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
  readonly readStream?: StreamReader;
}

const MOST_STEPS = 400_000;
/** Longer than any function remembers what it has read of rights. */
const FRESH_MS = 31_000;

/** Lives through one history, brings it to rest, and holds it against the invariants. */
export function simulate(plan: Plan): Promise<Outcome> {
  return withSeededChance(plan.seed, () => live(plan));
}

async function live({ seed, weather, rounds = 12, readStream: reader = read }: Plan): Promise<Outcome> {
  const world = new World(seed, reader, weather);
  const ledger = new Ledger();
  const firms = await open(world, ledger);
  const desks = firms.flatMap(({ people }) =>
    people.map((person): Desk => ({ world, ledger, person, replica: new Replica(world, person) })),
  );

  world.calm = false;
  const day = Promise.all(desks.map((desk) => work(desk, rounds)));
  await world.timeline.run(MOST_STEPS);
  await day;

  world.calm = true;
  for (const change of world.stream.failed.flat())
    if (!world.poison.has(poisonName(change.after ?? change.before!)) && world.weather.killed === 0)
      world.violation(`a sound change was given up with others: ${change.key.pk}`);
  world.poison.clear();
  const mended = world.stream.redrive();
  await world.timeline.run(MOST_STEPS);
  await mended;
  for (let look = 0; look < 2; look++) {
    world.timeline.nowMs += FRESH_MS;
    const read = Promise.all(desks.map(({ replica }) => replica.follow()));
    await world.timeline.run(MOST_STEPS);
    await read;
  }

  for (const firm of firms) {
    const facts = factsOf(
      firm,
      world.memory.store,
      ledger,
      desks.map(({ replica }) => replica),
    );
    for (const [name, invariant] of Object.entries(INVARIANTS)) for (const wrong of invariant(facts)) world.violation(`${name}: ${wrong}`);
  }
  return {
    seed,
    steps: world.timeline.steps,
    requests: world.requests,
    changes: world.memory.store.changes.length,
    violations: world.violations,
    digest: world.trace.digest(),
    trace: (word) => world.trace.tail(60, word),
  };
}

const read: StreamReader = (container, event) => readStream(container.database, event);

async function open(world: World, ledger: Ledger): Promise<Firm[]> {
  const firms = [await openFirm(world, 'north', 'Asia/Shanghai'), await openFirm(world, 'south', 'America/New_York')];
  await world.timeline.run(MOST_STEPS);
  for (const { tenant } of firms)
    for (const item of world.memory.store.all())
      if (item['sk'] === 'A' && String(item['pk']).startsWith(`T#${tenant}#`)) ledger.saw(tenant, String(item['type']), recordIn(item));
  return firms;
}
