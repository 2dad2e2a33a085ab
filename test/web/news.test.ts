import { describe, expect, it } from 'vitest';
import type { News } from '../../shared/workspace/news.ts';
import { inOrder, isOver, isUnread, leadOf, newestOf, paragraphsOf } from '../../web/src/workspace/news/newsOrder.ts';

const newsOf = (id: string, day: number, more: Partial<News> = {}): News =>
  ({ id, publishedAt: `2026-03-0${day}T09:00:00.000Z`, authorId: 'mem_2', ...more }) as News;

describe('news', () => {
  it('stands pinned first, then the newest, one order for equal moments', () => {
    const all = [newsOf('a', 1), newsOf('b', 3), newsOf('c', 3), newsOf('d', 2, { pinned: true }), newsOf('e', 1, { pinned: true })];

    expect(inOrder(all).map(({ id }) => id)).toEqual(['d', 'e', 'c', 'b', 'a']);
    expect(inOrder(all.toReversed()).map(({ id }) => id)).toEqual(['d', 'e', 'c', 'b', 'a']);
  });

  it.each([
    [undefined, false],
    ['2026-03-05', false],
    ['2026-03-04', false],
    ['2026-03-03', true],
  ])('shown until %s is over on 4 March: %s', (shownUntil, over) => {
    expect(isOver(shownUntil === undefined ? {} : { shownUntil }, '2026-03-04')).toBe(over);
  });

  it('is new to who has not seen the list since, and never to its author', () => {
    const one = newsOf('a', 3);

    expect(isUnread(one, undefined, 'mem_1')).toBe(true);
    expect(isUnread(one, '2026-03-02T09:00:00.000Z', 'mem_1')).toBe(true);
    expect(isUnread(one, one.publishedAt, 'mem_1')).toBe(false);
    expect(isUnread(one, undefined, 'mem_2')).toBe(false);
    expect(newestOf([newsOf('a', 2), one, newsOf('b', 1)])).toBe(one.publishedAt);
    expect(newestOf([])).toBeUndefined();
  });

  it('is read by paragraphs, and begins in one line', () => {
    expect(paragraphsOf('One\ntwo.\n\n \nThree.\n')).toEqual(['One\ntwo.', 'Three.\n']);
    expect(leadOf('  One\n\ntwo. ')).toBe('One two.');
    expect(leadOf('x'.repeat(500))).toHaveLength(241);
  });
});
