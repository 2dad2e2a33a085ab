import { activity, type Activity } from '../../../shared/activities/activity.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { collectionOf } from '../kernel/collection.svelte.ts';
import { api } from '../kernel/connection.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { Remote } from '../kernel/remote.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { myDayOf, type MyDay } from './myDay.ts';

/** Answer of `GET /activities/my-day`: rows of the list of open work. */
type Read = Readonly<Record<'overdue' | 'today' | 'someday', { readonly items: readonly { readonly id: string }[] }>>;

/** The day of who is signed in: from the records that are here or, where they are too many for that, from the server. */
export class MyDaySource {
  readonly #activities = collectionOf<Activity>(activity);
  readonly #read = new Remote(() => this.#fetch());

  get day(): MyDay | undefined {
    const { state } = replica.type(activity.name);
    if (state === 'partial') return this.#read.value && this.#of(this.#read.value.flatMap((id) => this.#activities.find(id) ?? []));
    return this.#activities.ready ? this.#of(this.#activities.items) : undefined;
  }

  /** It is here, or could not be had. */
  get settled(): boolean {
    return replica.type(activity.name).state === 'partial'
      ? this.#read.ready || this.#read.failure !== undefined
      : this.#activities.settled;
  }

  get ready(): boolean {
    return this.day !== undefined;
  }

  /** Why it could not be had. */
  get failure(): unknown {
    return this.#activities.failure ?? this.#read.failure;
  }

  /** Asks again for what could not be had. */
  async load(): Promise<void> {
    await (replica.type(activity.name).state === 'partial' ? this.#read.load() : this.#activities.load());
  }

  /** Reads what must come from the server, again with every change that is heard of; for `$effect`. */
  follow(): void {
    const { state, rows } = replica.type(activity.name);
    if (state === 'partial' && rows) void this.#read.load();
  }

  #of(activities: readonly Activity[]): MyDay {
    return myDayOf(activities, session.data?.member.id, toInstant(clock.now), i18n.zone);
  }

  /** Fetches the records behind the rows as well: ticking one off needs to know what it was seen as. */
  async #fetch(): Promise<readonly string[]> {
    const { overdue, today, someday } = await api.get<Read>('activities/my-day');
    const ids = [overdue, today, someday].flatMap(({ items }) => items.map(({ id }) => id));
    const missing = ids.filter((id) => !this.#activities.find(id));
    replica.take(activity.name, await Promise.all(missing.map((id) => api.get<AnyRecord>(`activities/${id}`))));
    return ids;
  }
}
