import { beforeEach, describe, expect, it } from 'vitest';
import { toPredicate, type Filter } from '../../shared/kernel/filter.ts';
import type { Page } from '../../shared/kernel/page.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { RecordSet } from '../../web/src/kernel/replica/recordSet.svelte.ts';
import { questionOf, ServerRows } from '../../web/src/records/serverRows.svelte.ts';
import { PlayedRecords } from '../support/playedRecords.ts';

const customer = definitionOf('customer');
const RETAIL: Filter = { field: 'industry', op: 'in', value: ['retail'] };

let server: PlayedRecords;
let set: RecordSet;
let rows: ServerRows;
let asked: { cursor?: string }[];
/** What the server says; tests put their own in its place. */
let answer: (body: { cursor?: string }) => Page<AnyRecord> | Promise<Page<AnyRecord>>;

beforeEach(() => {
  server = new PlayedRecords();
  set = new RecordSet(customer);
  asked = [];
  answer = (body) => {
    const request = { method: 'POST', path: 'customers/query', query: new URLSearchParams(), headers: {}, body };
    return server.answer(request)!.body as Page<AnyRecord>;
  };
  rows = new ServerRows({
    ask: async (question) => {
      asked.push(question);
      return answer(question);
    },
    take: (records) => set.put(records),
  });
});

const fits = (filter: Filter) => toPredicate(customer, filter);
const names = (filter: Filter = { all: [] }): unknown[] => rows.rowsOf(set, fits(filter)).map(({ name }) => name);
const read = (state: 'more' | 'end') => expect.poll(() => rows.state).toBe(state);

describe('rows of the server', () => {
  it('come page by page, in the server’s order, until there are no more', async () => {
    for (let i = 0; i < 450; i++) server.add('customer', { name: `Shop ${i}` });

    rows.start({});
    await read('more');
    expect(names()).toHaveLength(200);
    await rows.more();
    await rows.more();
    await rows.more();

    expect(rows.state).toBe('end');
    expect(names()).toEqual(Array.from({ length: 450 }, (_, i) => `Shop ${i}`));
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '200', '400']);
  });

  it('are those that fit, of the owner who is asked for', async () => {
    const filter: Filter = { all: [{ field: 'ownerId', op: 'is', value: 'mem_1' }, RETAIL] };
    server.add('customer', { name: 'Tea', industry: 'retail' });
    server.add('customer', { name: 'Steel', industry: 'manufacturing' });
    server.add('customer', { name: 'Salt', industry: 'retail' }, { ownerId: 'mem_2' });

    rows.start(questionOf(filter));
    await read('end');

    expect(names(filter)).toEqual(['Tea']);
    expect(asked).toEqual([{ owner: 'mem_1', filter: { all: [RETAIL] }, limit: 200 }]);
  });

  it('stand as the feed has them: changed, gone, and new ones behind the last page', async () => {
    const add = (name: string) => server.add('customer', { name, industry: 'retail' });
    const [tea, rice, salt] = [add('Tea'), add('Rice'), add('Salt')];
    for (let i = 0; i < 199; i++) add(`Shop ${i}`);
    // The feed was faster than the page.
    set.put([{ ...tea, version: 2, name: 'Green tea' }]);
    rows.start({ filter: RETAIL });
    await read('more');

    set.drop([rice.id]);
    set.put([{ ...salt, version: 2, industry: 'manufacturing' }]);
    const late = add('Late');
    set.put([late]);
    expect(names(RETAIL)).toEqual(['Green tea', ...Array.from({ length: 197 }, (_, i) => `Shop ${i}`)]);
    await rows.more();
    set.put([add('Later')]);

    expect(names(RETAIL).slice(-3)).toEqual(['Shop 198', 'Late', 'Later']);
  });

  it('are looked for further while a page holds few, and not without end', async () => {
    answer = ({ cursor = '0' }) => ({ items: [], cursor: String(Number(cursor) + 1) });

    rows.start({ filter: RETAIL });
    await read('more');
    expect(asked).toHaveLength(10);
    await rows.more();

    expect(asked.at(-1)!.cursor).toBe('19');
  });

  it('answer the last question alone', async () => {
    const tea = server.add('customer', { name: 'Tea', industry: 'retail' });
    const answers: ((page: Page<AnyRecord>) => void)[] = [];
    answer = () => new Promise((resolve) => void answers.push(resolve));
    rows.start({});
    rows.start({ filter: RETAIL });
    await expect.poll(() => answers.length).toBe(2);

    answers[1]!({ items: [tea] });
    await read('end');
    answers[0]!({ items: [], cursor: '1' });
    await Promise.resolve();

    expect(rows.state).toBe('end');
    expect(names()).toEqual(['Tea']);
  });

  it('say why they could not be had, and go on from there', async () => {
    for (let i = 0; i < 250; i++) server.add('customer', { name: `Shop ${i}` });
    rows.start({});
    await read('more');
    const whole = answer;
    answer = () => Promise.reject(new Error('no answer'));
    await rows.more();
    expect(rows.state).toBe('more');
    expect(rows.failure).toEqual(new Error('no answer'));
    expect(names()).toHaveLength(200);

    answer = whole;
    await rows.more();

    expect(rows.failure).toBeUndefined();
    expect(names()).toHaveLength(250);
  });
});

describe('a filter as a question', () => {
  const owned = (op: 'is' | 'in' | 'isNot', value: unknown): Filter => ({ field: 'ownerId', op, value });

  it('names the one owner it asks for apart', () => {
    expect(questionOf({ all: [] })).toEqual({});
    expect(questionOf({ all: [owned('is', 'mem_1')] })).toEqual({ owner: 'mem_1' });
    expect(questionOf({ all: [RETAIL, owned('in', ['mem_2'])] })).toEqual({ owner: 'mem_2', filter: { all: [RETAIL] } });
    // The server knows one owner; a second one is asked as any other condition.
    const both = { all: [owned('is', 'mem_1'), owned('is', 'mem_2')] };
    expect(questionOf(both)).toEqual({ owner: 'mem_1', filter: { all: [owned('is', 'mem_2')] } });
  });

  it('leaves several owners, and all but one, to the filter', () => {
    for (const part of [owned('in', ['mem_1', 'mem_2']), owned('isNot', 'mem_1')])
      expect(questionOf({ all: [part] })).toEqual({ filter: { all: [part] } });
  });
});
