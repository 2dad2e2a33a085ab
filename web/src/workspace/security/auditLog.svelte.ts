import { writeCsv } from '../../../../shared/kernel/csv.ts';
import type { AuditRow } from '../../../../shared/workspace/audit.ts';
import { api } from '../../kernel/connection.svelte.ts';

export interface AuditFilter {
  readonly kind?: string | undefined;
  readonly by?: string | undefined;
  readonly from?: string | undefined;
}
interface Page {
  readonly items: readonly AuditRow[];
  readonly cursor?: string;
}

/** As many pages as a file takes; who needs more asks for a shorter time. */
const MOST_PAGES = 200;

/** The log as it is read: page by page, newest first, for one filter. */
export class AuditLog {
  rows = $state.raw<readonly AuditRow[]>([]);
  ready = $state(false);
  busy = $state(false);
  failure = $state.raw<unknown>();
  #cursor = $state<string | undefined>();
  #filter: AuditFilter;
  #last = 0;

  constructor(filter: AuditFilter) {
    this.#filter = filter;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Begins anew. Never throws: what went wrong is `failure`. */
  load(): Promise<void> {
    this.rows = [];
    this.ready = false;
    this.#cursor = undefined;
    return this.more();
  }

  async more(): Promise<void> {
    const mine = ++this.#last;
    this.busy = true;
    try {
      const page = await readPage(this.#filter, this.#cursor);
      if (mine !== this.#last) return;
      this.rows = [...this.rows, ...page.items];
      this.#cursor = page.cursor;
      this.failure = undefined;
      this.ready = true;
    } catch (error) {
      if (mine === this.#last) this.failure = error;
    } finally {
      if (mine === this.#last) this.busy = false;
    }
  }

  /** All of it, however many pages. @throws ApiError, NetworkError */
  async toCsv(head: readonly string[], cells: (row: AuditRow) => readonly string[]): Promise<string> {
    const rows: AuditRow[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await readPage(this.#filter, cursor);
      rows.push(...page.items);
      cursor = page.cursor;
      if (!cursor) break;
    }
    return writeCsv([head, ...rows.map(cells)]);
  }
}

function readPage(filter: AuditFilter, cursor: string | undefined): Promise<Page> {
  const asked = Object.entries({ ...filter, cursor }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(asked).toString();
  return api.get<Page>(query ? `audit?${query}` : 'audit');
}
