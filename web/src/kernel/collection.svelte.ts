import type { RecordDefinition, SystemValues, Values } from '../../../shared/kernel/record.ts';
import type { Loadable } from './remote.svelte.ts';
import { replica } from './replica.svelte.ts';

/** The replica's records of one type, under the type's own name for them. Reactive. */
export class Collection<R extends SystemValues = SystemValues> implements Loadable {
  readonly #type: string;

  constructor(type: string) {
    this.#type = type;
  }

  get items(): readonly R[] {
    return replica.type(this.#type).rows as readonly SystemValues[] as readonly R[];
  }

  /** All are here, or as many as a page should hold. */
  get ready(): boolean {
    return ['complete', 'partial'].includes(replica.type(this.#type).state);
  }

  /** They are here, or could not be had. */
  get settled(): boolean {
    return replica.type(this.#type).state !== 'loading';
  }

  /** There are more than a page should hold: what is here are the newest. */
  get partial(): boolean {
    return replica.type(this.#type).state === 'partial';
  }

  /** Why they could not be had. */
  get failure(): unknown {
    const { state, failure } = replica.type(this.#type);
    return state === 'failed' ? failure : undefined;
  }

  /** Asks again for what could not be had. */
  load(): Promise<void> {
    return replica.retry(this.#type);
  }

  find(id: string | undefined): R | undefined {
    return id === undefined ? undefined : (replica.type(this.#type).get(id) as SystemValues | undefined as R | undefined);
  }

  /** @throws ApiError with issues per field */
  create(values: Values): Promise<unknown> {
    return replica.create(this.#type, values);
  }

  /** Shown at once, and taken back when the server refuses. @throws ApiError */
  update(record: Pick<R, 'id'>, change: Values): Promise<unknown> {
    return replica.update(this.#type, record.id, change);
  }

  async remove(record: Pick<R, 'id'>): Promise<void> {
    await replica.remove(this.#type, record.id).send();
  }
}

export const collectionOf = <R extends SystemValues>(definition: Pick<RecordDefinition, 'name'>): Collection<R> =>
  new Collection<R>(definition.name);
