import { applyChange, diff, sameValue } from '../../shared/kernel/diff.ts';
import { parseFilter, toPredicate } from '../../shared/kernel/filter.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { NO_SHAPE, shaped, type Shape } from '../../shared/kernel/shape.ts';
import { PAGE_SIZE } from '../../shared/kernel/page.ts';
import { summaryOf, type AnyRecord, type RecordDefinition, type Values } from '../../shared/kernel/record.ts';
import { parseCreate, parsePatch } from '../../shared/kernel/schema.ts';
import { definitionAt, definitionOf } from '../../shared/registry.ts';
import { stageHistory } from '../../shared/sales/stageHistory.ts';
import { PlayedDiscussion } from './playedDiscussion.ts';
import type { ApiAnswer, ApiRequest } from './site.ts';

/** Body of `POST /<plural>/query`. */
interface Question {
  readonly filter?: unknown;
  readonly owner?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Row {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/** Instant of everything that happens in the play; long enough ago that no list shows it in minutes. */
const PLAYED_AT = '2026-03-02T02:00:00.000Z';

/** The part of the server that keeps records, in memory: versions, conflicts, duplicates, the feed of changes, their past. */
export class PlayedRecords {
  /** Who sits at the page, and who else is at work. */
  me = 'mem_1';
  colleague = 'mem_2';
  position = 0;
  epoch = 1;
  /** Positions up to this one are forgotten: whoever asks from there gets 410. */
  forgotten = -1;
  shape: Shape = NO_SHAPE;
  readonly discussion = new PlayedDiscussion();
  readonly #records = new Map<string, Map<string, AnyRecord>>();
  readonly #feed: Row[] = [];
  /** The last removed first; as they were before. */
  readonly #bin: { readonly type: string; readonly record: AnyRecord }[] = [];
  readonly #past = new Map<string, { version: number; at: string; by: string; event: string; changes: unknown }[]>();

  /** Answers a request for records; undefined when it is about something else. */
  answer({ method, path, query, headers, body }: ApiRequest): ApiAnswer | undefined {
    if (path === 'changes') return this.#changes(Number(query.get('since')));
    if (path === 'bin') return this.#listBin(query);
    if (path === 'search') return { body: { items: this.#search(query.get('q') ?? '') } };
    const [segment = '', id, command, ...rest] = path.split('/');
    const found = definitionAt(segment);
    if (!found) return undefined;
    const definition = shaped(found, this.shape);
    if (method === 'POST' && id === 'query') return this.#query(definition, body as Question);
    if (command === 'restore') return this.#restore(definition, id!, Number(headers['if-match']));
    const record = id === undefined ? undefined : this.#of(definition).get(id);
    if (id !== undefined && !record) return refuse(404, 'record.notFound');
    if (command === 'history') return { body: { items: this.#past.get(id!) ?? [] } };
    if (id !== undefined && command !== undefined && definition.discussed) {
      const asked = { method, rest: [command, ...rest], body, me: this.me, colleague: this.colleague, at: PLAYED_AT };
      const answered = this.discussion.answer(definition.name, id, asked);
      if (answered && method !== 'GET' && (command === 'notes' || command === 'files')) this.tell(definition.name, id);
      if (answered) return answered;
    }
    if (command === 'timeline')
      return { body: { items: this.#timeline(definition, id!), pinned: this.discussion.pinned(id!, this.me, PLAYED_AT) } };
    if (command === 'stages') return { body: stageHistory([record!], PLAYED_AT, []) };
    switch (method) {
      case 'GET':
        return record ? { body: record } : this.#page(definition, query);
      case 'POST':
        return this.#create(definition, body as Values, query.get('allowDuplicate') === 'true');
      case 'PATCH':
        return this.#update(definition, record!, body as Values, Number(headers['if-match']));
      case 'DELETE':
        if (record!.version !== Number(headers['if-match'])) return stale(record!, record!);
        this.remove(definition.name, record!.id);
        return { status: 204 };
      default:
        return undefined;
    }
  }

  /** Puts a record there, as somebody else's create would. */
  add(type: string, values: Values, { ownerId = this.me, id = this.#newId(type), createdAt = PLAYED_AT } = {}): AnyRecord {
    const record: AnyRecord = {
      id,
      version: 1,
      ownerId,
      createdAt,
      createdBy: ownerId,
      updatedAt: createdAt,
      updatedBy: ownerId,
      ...values,
    };
    return this.#put(type, record, undefined);
  }

  /** Changes a record, as a colleague would. */
  change(type: string, id: string, change: Values, by = this.colleague): AnyRecord {
    const before = this.get(type, id)!;
    const after = { ...applyChange(before, change), version: before.version + 1, updatedBy: by } as AnyRecord;
    return this.#put(type, after, before);
  }

  remove(type: string, id: string): void {
    const record = this.get(type, id)!;
    this.#of(definitionOf(type)).delete(id);
    this.#bin.unshift({ type, record });
    this.#feed.push({ type, id, version: record.version + 1 });
    this.position = this.#feed.length;
  }

  get(type: string, id: string): AnyRecord | undefined {
    return this.#of(definitionOf(type)).get(id);
  }

  all(type: string): AnyRecord[] {
    return [...this.#of(definitionOf(type)).values()];
  }

  #newId(type: string): string {
    return makeId(definitionOf(type).idPrefix, 1_000 + this.#feed.length, new Uint8Array(10).fill(this.#feed.length % 256));
  }

  #of({ name }: Pick<RecordDefinition, 'name'>): Map<string, AnyRecord> {
    let records = this.#records.get(name);
    if (!records) this.#records.set(name, (records = new Map()));
    return records;
  }

  #put(type: string, record: AnyRecord, before: AnyRecord | undefined): AnyRecord {
    this.#of(definitionOf(type)).set(record.id, record);
    this.#feed.push({ type, id: record.id, version: record.version });
    this.position = this.#feed.length;
    const past = this.#past.get(record.id) ?? [];
    this.#past.set(record.id, [
      {
        version: record.version,
        at: record.updatedAt,
        by: record.updatedBy,
        event: before ? 'updated' : 'created',
        changes: diff(valuesOf(before), valuesOf(record)),
      },
      ...past,
    ]);
    return record;
  }

  #page(definition: RecordDefinition, query: URLSearchParams): ApiAnswer {
    return pageOf([...this.#of(definition).values()], Number(query.get('limit') ?? PAGE_SIZE), query.get('cursor') ?? undefined);
  }

  #query(definition: RecordDefinition, { filter, owner, limit = PAGE_SIZE, cursor }: Question): ApiAnswer {
    const parsed = parseFilter(definition, filter ?? { all: [] });
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    const fits = toPredicate(definition, parsed.value);
    const all = this.all(definition.name).filter((record) => (owner === undefined || record.ownerId === owner) && fits(record));
    return pageOf(all, limit, cursor);
  }

  #create(definition: RecordDefinition, body: Values, allowDuplicate: boolean): ApiAnswer {
    const parsed = parseCreate(definition, body);
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    const { id, ownerId, ...values } = parsed.value as Values & { id: string; ownerId?: string };
    const there = this.get(definition.name, id);
    if (there) return there.version === 1 ? { status: 201, body: there } : refuse(409, 'record.exists');
    const twin = allowDuplicate ? undefined : this.#twinOf(definition, values);
    if (twin)
      return {
        status: 409,
        body: {
          code: 'duplicate.possible',
          params: { field: twin.field, existing: { id: twin.record.id, title: twin.record[definition.title] } },
          issues: [{ field: twin.field, code: 'duplicate.possible' }],
        },
      };
    return { status: 201, body: this.add(definition.name, values, { id, ownerId: ownerId ?? this.me }) };
  }

  #update(definition: RecordDefinition, before: AnyRecord, body: Values, version: number): ApiAnswer {
    const parsed = parsePatch(definition, body);
    if (!parsed.ok) return { status: 400, body: { code: 'input.invalid', issues: parsed.issues } };
    if (before.version !== version) return stale(before, { ...before, ...parsed.value } as AnyRecord);
    return { body: this.change(definition.name, before.id, parsed.value, this.me) };
  }

  #twinOf(definition: RecordDefinition, values: Values): { field: string; record: AnyRecord } | undefined {
    for (const [field, { match }] of Object.entries(definition.fields)) {
      const record = match && values[field] !== undefined && this.all(definition.name).find((one) => sameValue(one[field], values[field]));
      if (record) return { field, record };
    }
    return undefined;
  }

  #changes(since: number): ApiAnswer {
    if (since <= this.forgotten) return refuse(410, 'feed.tooOld');
    const latest = new Map(this.#feed.slice(since).map((row) => [row.id, row]));
    const items = [...latest.values()].map((row) => {
      const record = this.get(row.type, row.id);
      return record ? { ...row, version: record.version, record } : { ...row, gone: true };
    });
    return { body: { position: this.position, epoch: this.epoch, more: false, items } };
  }

  #timeline(definition: RecordDefinition, id: string): unknown[] {
    const milestones = (this.#past.get(id) ?? [])
      .filter(({ event }) => event === 'created')
      .map(({ at, by, version }) => ({ at, id: `${version}.created`, code: 'record.created', params: { type: definition.name }, by }));
    return [...this.discussion.rows(id), ...milestones];
  }

  #listBin(query: URLSearchParams): ApiAnswer {
    const [type, q = ''] = [query.get('type') ?? undefined, query.get('q')?.toLowerCase()];
    const fits = this.#bin.filter((one) => type === undefined || one.type === type);
    const items = fits.flatMap(({ type: of, record }) => {
      const summary = summaryOf(definitionOf(of), record);
      const until = '2026-04-01T02:00:00.000Z';
      const row = { type: of, id: record.id, version: record.version + 1, summary, removedAt: PLAYED_AT, removedBy: this.me, until };
      return String(summary['title']).toLowerCase().includes(q) ? [row] : [];
    });
    return pageOf(items, Number(query.get('limit') ?? PAGE_SIZE), query.get('cursor') ?? undefined);
  }

  #restore(definition: RecordDefinition, id: string, version: number): ApiAnswer {
    const at = this.#bin.findIndex(({ record }) => record.id === id && record.version + 1 === version);
    const [found] = at < 0 ? [] : this.#bin.splice(at, 1);
    if (!found) return refuse(404, 'record.notFound');
    return { body: this.#put(definition.name, { ...found.record, version: version + 1 }, undefined) };
  }

  /** Tells of a record once more, although it is the same: something stands beside it. */
  tell(type: string, id: string): void {
    this.#feed.push({ type, id, version: this.get(type, id)!.version });
    this.position = this.#feed.length;
  }

  #search(text: string): unknown[] {
    const wanted = text.toLowerCase();
    return [...this.#records].flatMap(([type, records]) =>
      [...records.values()]
        .filter((record) => JSON.stringify(record).toLowerCase().includes(wanted))
        .map((record) => ({ type, id: record.id, summary: summaryOf(definitionOf(type), record) })),
    );
  }
}

function pageOf(all: readonly unknown[], limit: number, cursor = '0'): ApiAnswer {
  const next = Number(cursor) + limit;
  return { body: { items: all.slice(Number(cursor), next), ...(next < all.length ? { cursor: String(next) } : {}) } };
}

const SYSTEM = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'derived']);
const valuesOf = (record: AnyRecord | undefined): Values =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([name, value]) => !SYSTEM.has(name) && value !== undefined));

const refuse = (status: number, code: string): ApiAnswer => ({ status, body: { code, requestId: 'req-1' } });
const stale = (now: AnyRecord, wanted: AnyRecord): ApiAnswer => ({
  status: 409,
  body: { code: 'record.stale', params: { version: now.version, fields: Object.keys(diff(wanted, now)), record: now }, requestId: 'req-1' },
});
