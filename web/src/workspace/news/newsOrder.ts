import type { Day, Instant } from '../../../../shared/kernel/types.ts';
import type { News } from '../../../../shared/workspace/news.ts';

/** Whether its last day is over, on the reader's wall. */
export const isOver = ({ shownUntil }: Pick<News, 'shownUntil'>, today: Day): boolean => shownUntil !== undefined && shownUntil < today;

/** Pinned to the top, then the newest first. */
export const inOrder = (all: readonly News[]): News[] =>
  all.toSorted(
    (a, b) =>
      Number(b.pinned ?? false) - Number(a.pinned ?? false) ||
      (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : a.id < b.id ? 1 : -1),
  );

/** What came after the reader last saw the list; his own is nothing new to him. */
export const isUnread = ({ publishedAt, authorId }: News, readAt: Instant | undefined, me: string | undefined): boolean =>
  authorId !== me && publishedAt > (readAt ?? '');

/** The moment up to which somebody has read who sees all of these. */
export const newestOf = (all: readonly News[]): Instant | undefined =>
  all.reduce<Instant | undefined>((latest, { publishedAt }) => (publishedAt > (latest ?? '') ? publishedAt : latest), undefined);

const LONGEST_LEAD = 240;

/** The beginning of a text in one line. */
export function leadOf(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_LEAD ? `${line.slice(0, LONGEST_LEAD).trimEnd()}…` : line;
}

/** A text's paragraphs: an empty line parts them. */
export const paragraphsOf = (body: string): string[] => body.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
