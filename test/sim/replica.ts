/** What a page keeps of the records its reader may see: loaded once, then brought up to date by the feed alone. */
import { type AnyRecord, segmentOf } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { ask } from './client.ts';
import type { Person } from './firm.ts';
import type { HttpAnswer } from './gateway.ts';
import type { World } from './world.ts';

interface Place {
  readonly position: number;
  readonly epoch: number;
}
interface Changes extends Place {
  readonly more: boolean;
  readonly items: readonly { readonly type: string; readonly id: string; readonly record?: AnyRecord }[];
}

export class Replica {
  readonly records = new Map<string, AnyRecord>();
  readonly person: Person;
  private readonly world: World;
  private place: Place | undefined;

  constructor(world: World, person: Person) {
    this.world = world;
    this.person = person;
  }

  /** Up to now; when nothing is answered, where it was. */
  async follow(): Promise<void> {
    if (!this.place) return this.load();
    for (let more = true; more;) {
      const answer = await this.get(`/changes?since=${this.place.position}`);
      if (answer?.status === 410) return this.load();
      if (answer?.status !== 200) return;
      const changes = answer.body as unknown as Changes;
      if (changes.epoch !== this.place.epoch || changes.position < this.place.position) return this.load();
      for (const { type, id, record } of changes.items) {
        if (record) this.records.set(`${type}|${id}`, record);
        else this.records.delete(`${type}|${id}`);
      }
      this.place = { position: changes.position, epoch: changes.epoch };
      ({ more } = changes);
    }
  }

  /** Everything anew: the place in the feed first, then all that may be read. */
  private async load(): Promise<void> {
    this.place = undefined;
    const session = await this.get('/session');
    if (session?.status !== 200) return;
    // A list may be behind the feed, which is no more than milliseconds in life; see the README.
    await this.world.timeline.sleep(this.world.weather.staleMs);
    const found = new Map<string, AnyRecord>();
    for (const definition of REGISTRY) {
      let cursor: string | undefined;
      do {
        const answer = await this.get(`/${segmentOf(definition)}?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
        if (answer?.status === 403) break;
        if (answer?.status !== 200) return;
        for (const record of answer.body['items'] as AnyRecord[]) found.set(`${definition.name}|${record.id}`, record);
        cursor = answer.body['cursor'] as string | undefined;
      } while (cursor);
    }
    this.records.clear();
    for (const [name, record] of found) this.records.set(name, record);
    this.place = session.body['feed'] as Place;
  }

  private get = (path: string): Promise<HttpAnswer | undefined> => ask(this.world, this.person, { method: 'GET', path });
}
