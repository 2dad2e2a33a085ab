import { beforeAll, describe, expect, it } from 'vitest';
import { toChange } from '../../functions/records/follow.ts';
import { indexChanges } from '../../functions/records/indexing.ts';
import { createRecord, updateRecord } from '../../functions/records/operations.ts';
import { pinyin } from '../../functions/records/pinyin.ts';
import { search } from '../../functions/records/search.ts';
import type { Item } from '../../functions/table/failures.ts';
import type { CustomField } from '../../shared/kernel/customFields.ts';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';
import { fillMarket, nthId, rareWord, SHARING, TENANT } from '../bench/support/market.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, rightsWith, type Desk } from '../support/desk.ts';

const ids = async (hits: Promise<readonly { id: string }[]>): Promise<string[]> => (await hits).map(({ id }) => id).sort();

describe('a search among a thousand', () => {
  let desk: Desk;
  const RECORDS = 1000;
  const sharers = (n: number): string[] => Array.from({ length: SHARING }, (_, i) => nthId('cus', n + i)).sort();
  beforeAll(async () => {
    desk = deskOn(memoryDatabase());
    await fillMarket(desk.db, RECORDS);
  });

  it('finds all records of a word, wherever they stand', async () => {
    for (const n of [0, 500, RECORDS - SHARING]) expect(await ids(search(desk.as(TENANT, 1), rareWord(n)))).toEqual(sharers(n));
  });

  it('finds by a rare word and one that all share, in either order', async () => {
    for (const query of [`harbour ${rareWord(500)}`, `${rareWord(500)} harb`])
      expect(await ids(search(desk.as(TENANT, 1), query))).toEqual(sharers(500));
  });

  it('finds one’s own among many of a word that all share', async () => {
    const hits = await search(desk.as(TENANT, 7, { reach: 'own' }), 'harbour');

    expect(hits).toHaveLength(25);
  });

  it('finds nothing by two words that no record joins', async () => {
    expect(await search(desk.as(TENANT, 1), `${rareWord(0)} ${rareWord(500)}`)).toEqual([]);
  });
});

describe('a search by what is hidden', () => {
  it('finds nothing: neither by a masked number nor by a masked name beside a known one', async () => {
    const desk = deskOn(memoryDatabase());
    const made = await createRecord(desk.as('firm', 1), 'lead', {
      name: 'Quinn Moreau',
      company: 'Lanterna',
      phones: ['+86 138 0013 8000'],
    });
    await desk.followed(desk.as('firm', 1), undefined, await desk.itemOf(desk.as('firm', 1), 'lead', made.id));
    const analyst = () => desk.as('firm', 2, { rights: { ...rightsWith('all'), masks: ['personal'] } });

    for (const query of ['quinn', '8000', '13800138000', 'lanterna quinn']) {
      expect(await ids(search(desk.as('firm', 1), query)), query).toEqual([made.id]);
      expect(await search(analyst(), query), query).toEqual([]);
    }
    expect(await search(analyst(), 'lanterna')).toEqual([{ type: 'lead', id: made.id, summary: { company: 'Lanterna', status: 'new' } }]);
  });
});

describe('search rows', () => {
  const TOKENS = ['alpha', 'beta'];
  let desk: Desk;
  let images: Item[];
  /** A customer called alpha, then beta, then alpha again, then with another note. */
  beforeAll(async () => {
    desk = deskOn(memoryDatabase());
    const ctx = () => desk.as('firm', 1);
    const { id } = await createRecord(ctx(), 'customer', { name: 'Alpha' });
    images = [(await desk.itemOf(ctx(), 'customer', id))!];
    for (const [version, change] of [{ name: 'Beta' }, { name: 'Alpha' }, { notes: 'Tea' }].entries()) {
      await updateRecord(ctx(), 'customer', id, version + 1, change);
      images.push((await desk.itemOf(ctx(), 'customer', id))!);
    }
  });
  const changeTo = (version: number) => toChange(images[version - 2], images[version - 1], '2026-03-02T10:00:00.000Z')!;
  const found = async (): Promise<string[]> => {
    const hits = await Promise.all(TOKENS.map((token) => search(desk.as('firm', 1), token)));
    return TOKENS.filter((_, i) => hits[i]!.length > 0);
  };
  const tell = (versions: number[], customFields: CustomField[] = []) =>
    indexChanges(desk.as('firm', 1).table, { ...NO_SHAPE, customFields }, versions.map(changeTo), pinyin);

  it.each([
    ['one after the other', [[1], [2], [3], [4]]],
    ['all at once', [[1, 2, 3, 4]]],
    ['twice, the second time together with what came after', [[1], [1, 2], [2, 3], [2, 3, 4]]],
    ['late: the last first, what failed again after it', [[1], [4], [2], [3]]],
  ])('say what the record says now, when told of its changes %s', async (_how, deliveries) => {
    for (const versions of deliveries) await tell(versions);

    expect(await found()).toEqual(['alpha']);
  });

  it('are written anew where a field of one’s own is searched, which it may not have been before', async () => {
    const own: CustomField = { id: 'f', on: 'customer', key: 'k', label: { en: 'K', zh: 'K' }, fieldKind: 'text', searchable: true };
    await tell([1, 2, 3, 4]);
    const table = desk.as('firm', 1).table;
    await table.writeMany([{ delete: { pk: 'Q#al', sk: `alpha#customer#${String(images[0]!['id'])}` } }]);

    await tell([4]);
    expect(await found()).toEqual([]);
    await tell([4], [own]);
    expect(await found()).toEqual(['alpha']);
  });
});
