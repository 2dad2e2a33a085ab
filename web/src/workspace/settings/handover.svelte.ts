import type { AnyRecord, RecordDefinition } from '../../../../shared/kernel/record.ts';
import { segmentOf } from '../../../../shared/kernel/record.ts';
import { MOST_PER_PAGE, type Page } from '../../../../shared/kernel/page.ts';
import { ACTIVITY_STATUSES } from '../../../../shared/activities/lists.ts';
import { REGISTRY } from '../../../../shared/registry.ts';
import { ApiError } from '../../kernel/api.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { may } from '../../records/types.ts';

interface Owned {
  readonly definition: RecordDefinition;
  readonly records: readonly AnyRecord[];
}

/** Types whose records somebody can hand to another: what follows its parent goes with that, what is personal stays. */
const handed = (): RecordDefinition[] =>
  REGISTRY.filter(
    (definition) =>
      definition.paths.owner === true &&
      !definition.followsParent &&
      definition.access.group !== 'personal' &&
      definition.operations.includes('update') &&
      may('read', definition) &&
      may('assign', definition),
  );

/** What was done stays with whoever did it: of activities only open ones change hands. */
const isOpen = ({ name }: RecordDefinition, record: AnyRecord): boolean =>
  name !== 'activity' || ACTIVITY_STATUSES.some(({ key, means }) => key === record['status'] && means === 'open');

const LANES = 4;

/**
 * Hands everything that one member owns to another, record by record, each with its own entry in the history. Whatever
 * breaks it off leaves every record with one of the two; begun again, it goes on with what is left.
 */
export class Handover {
  readonly #from: string;
  /** By type, none empty; undefined while they are being counted. */
  owned = $state.raw<readonly Owned[] | undefined>();
  failure = $state.raw<unknown>();
  done = $state(0);
  readonly count = $derived((this.owned ?? []).reduce((sum, { records }) => sum + records.length, 0));

  constructor(from: string) {
    this.#from = from;
  }

  /** Reads what there is. Never throws: what went wrong is `failure`. */
  async load(): Promise<void> {
    this.failure = undefined;
    this.done = 0;
    try {
      const all = await Promise.all(handed().map(async (definition) => ({ definition, records: await this.#allOf(definition) })));
      this.owned = all.filter(({ records }) => records.length);
    } catch (error) {
      this.failure = error;
    }
  }

  /** @returns how many could not be handed over */
  async run(to: string): Promise<number> {
    const queue = (this.owned ?? []).flatMap(({ definition, records }) => records.map(({ id }) => ({ type: definition.name, id })));
    let left = 0;
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        try {
          await replica.update(next.type, next.id, { ownerId: to });
          this.done += 1;
        } catch (error) {
          // Removed meanwhile: nothing is left to hand over.
          if (!(error instanceof ApiError) || error.status !== 404) left += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return left;
  }

  async #allOf(definition: RecordDefinition): Promise<AnyRecord[]> {
    const found: AnyRecord[] = [];
    let cursor: string | undefined;
    do {
      const asked = { owner: this.#from, limit: MOST_PER_PAGE, ...(cursor ? { cursor } : {}) };
      const page = await api.post<Page<AnyRecord>>(`${segmentOf(definition)}/query`, asked, { repeatable: true });
      found.push(...page.items.filter((record) => isOpen(definition, record)));
      cursor = page.cursor;
    } while (cursor !== undefined);
    replica.take(definition.name, found);
    return found;
  }
}
