import { partsOf } from '../support/commands.ts';
import { Container, currentTenant } from './container.ts';
import { type MemoryDatabase, memoryDatabase } from './memoryDatabase.ts';
import { type Random, randomFrom } from './random.ts';
import type { Sabotage } from './sabotage.ts';
import { type StreamReader, StreamMapping } from './streamMapping.ts';
import { Timeline } from './timeline.ts';
import { Trace } from './trace.ts';
import { type Weather, weatherFrom } from './weather.ts';

/** A day before anybody works, so that mornings have come by then. */
const START_MS = Date.parse('2026-03-01T09:00:00.000Z');
const MOST_CONTAINERS = 3;
let worlds = 0;

/** One history: a table, functions in containers, time and chance of their own. Everything in it follows from the seed. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly weather: Weather;
  readonly timeline = new Timeline(START_MS);
  readonly trace = new Trace();
  readonly memory: MemoryDatabase;
  readonly stream: StreamMapping;
  readonly violations: string[] = [];
  /** What stands between the functions and the table, beside the weather. */
  readonly sabotage: Sabotage;
  /** Changes that the stream's reader can never get through, until somebody mends it; `<id>#<version>`. */
  readonly poison = new Set<string>();
  requests = 0;
  /** Routes that have done what somebody asked, as `POST /orders/{id}/confirm`. */
  readonly done = new Set<string>();
  wishes = 0;
  lastTickMs = START_MS;
  /** No faults: while a workspace is set up, and when everything is to come to rest. */
  calm = true;
  private readonly containers: Container[] = [];
  private started = 0;

  constructor(seed: number, readStream: StreamReader, weather?: Weather, sabotage: Sabotage = (database) => database) {
    this.sabotage = sabotage;
    this.seed = seed;
    this.random = randomFrom(seed);
    this.weather = weather ?? weatherFrom(this.random.fork());
    const lag = (): number =>
      !this.calm && this.weather.stale > 0 && this.random.chance(this.weather.stale) ? this.random.int(1, this.weather.staleMs) : 0;
    // A name of its own: modules remember secrets by the name of the table.
    const tableName = `world-${++worlds}`;
    this.memory = memoryDatabase({ tableName, now: () => this.timeline.nowMs, lag: { ofTable: lag, ofIndex: lag } });
    this.stream = new StreamMapping(this, readStream);
    this.memory.store.onChange = (change) => this.stream.push(change);
  }

  /** A container of a function that has nothing to do; a new one if all are busy or chance wants it. */
  idle(kind: string): Container {
    const mine = this.containers.filter((container) => container.kind === kind && !container.dead && !container.busy);
    if (mine.length && (mine.length >= MOST_CONTAINERS || !this.random.chance(0.1))) return this.random.pick(mine);
    const container = new Container(kind, `${kind}.${++this.started}`, this);
    this.containers.push(container);
    return container;
  }

  /** Sees every request before it is sent. */
  watch(command: { readonly input: object }): void {
    const only = currentTenant();
    if (only === undefined) return;
    const parts = partsOf(command);
    if (!parts) throw new Error(`${command.constructor.name} is not watched`);
    for (const { Key, Item, ExpressionAttributeValues } of parts)
      for (const value of [...Object.values(Key ?? {}), Item?.['pk'], ...Object.values(ExpressionAttributeValues ?? {})]) {
        const tenant = typeof value === 'string' ? /^T#([^#]*)#/.exec(value)?.[1] : undefined;
        if (tenant !== undefined && tenant !== only) this.violation(`a request of ${only} names the key ${String(value)}`);
      }
  }

  violation(what: string): void {
    this.violations.push(what);
    this.trace.add(`${this.timeline.nowMs} VIOLATION ${what}`);
  }
}
