import { describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { NO_SHAPE, shaped } from '../../shared/kernel/shape.ts';
import { definitionOf } from '../../shared/registry.ts';
import { newsEffects } from '../../shared/workspace/newsEffects.ts';
import { planPublication } from '../../shared/workspace/newsPublication.ts';
import { idOf } from '../support/desk.ts';

const NOW = '2026-03-02T09:00:00.000Z';
const AUTHOR = idOf('mem', 1);
const record = (values: Values): AnyRecord => ({
  ...{ id: idOf('nwd', 1), version: 3, createdAt: NOW, createdBy: AUTHOR, updatedAt: NOW, updatedBy: idOf('mem', 2) },
  ...values,
});

describe('news', () => {
  it('is its draft without what nobody else was to see, by who wrote it', () => {
    const draft = record({ title: 'Prices', category: 'salesPolicy', body: 'Up.', pinned: true, publishAt: NOW });

    const { writes } = planPublication(draft, { id: idOf('nws', 1), now: NOW });

    expect(writes).toEqual([
      {
        ...{ op: 'create', type: 'news', id: idOf('nws', 1), inherited: [AUTHOR] },
        values: { title: 'Prices', category: 'salesPolicy', body: 'Up.', pinned: true, publishedAt: NOW, authorId: AUTHOR },
      },
      { op: 'remove', type: 'newsDraft', id: draft.id, version: 3 },
    ]);
  });

  it('tells everybody but its author that it is there, and nobody when it is mended or goes', () => {
    const after = record({ authorId: AUTHOR });
    const members = [AUTHOR, idOf('mem', 2), idOf('mem', 3)];

    const told = newsEffects({ type: 'news', after }, members);

    expect(told.map(({ memberId, code, asReader }) => [memberId, code, asReader])).toEqual([
      [idOf('mem', 2), 'newsPublished', true],
      [idOf('mem', 3), 'newsPublished', true],
    ]);
    expect(newsEffects({ type: 'news', before: after, after }, members)).toEqual([]);
    expect(newsEffects({ type: 'news', before: after }, members)).toEqual([]);
    expect(newsEffects({ type: 'newsDraft', after }, members)).toEqual([]);
  });

  it('has one list of categories, which drafts go by as well', () => {
    const options = [{ key: 'company', label: { en: 'House', zh: '本社' } }];
    const shape = { ...NO_SHAPE, valueLists: [{ on: 'news', field: 'category', options }] };
    const categoriesOf = (type: string) =>
      (shaped(definitionOf(type), shape).fields['category'] as unknown as { options: unknown[] }).options;

    expect(categoriesOf('newsDraft')).toEqual(categoriesOf('news'));
    expect(categoriesOf('newsDraft')[0]).toEqual(options[0]);
    expect(definitionOf('newsDraft').fields['category']).toMatchObject({ open: 'byShape' });
  });
});
