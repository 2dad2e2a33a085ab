import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { segmentOf } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { api } from '../kernel/connection.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';

/** One record by its id: from the replica, or, before that is complete or where it holds too little, from the server. */
export class Found {
  readonly #type: string;
  readonly #id: string;
  failure = $state.raw<unknown>();

  constructor(type: string, id: string) {
    this.#type = type;
    this.#id = id;
  }

  get record(): AnyRecord | undefined {
    return replica.type(this.#type).get(this.#id);
  }

  /** Fetches it unless it is here. Never throws. */
  async load(): Promise<void> {
    if (this.record) return;
    try {
      replica.accept(this.#type, await api.get<AnyRecord>(`${segmentOf(definitionOf(this.#type))}/${this.#id}`));
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }
}
