import type { AnyRecord } from '../../../shared/kernel/record.ts';

interface Hit {
  readonly title: string;
  readonly record: Pick<AnyRecord, 'id' | 'updatedAt'>;
}

/**
 * The best first: titles that begin with the text before those that merely hold it; among equals what was opened lately,
 * the latest first, and then what was changed last.
 * @param visited  ids, the latest first
 */
export function rankHits<H extends Hit>(hits: readonly H[], text: string, visited: readonly string[]): H[] {
  const wanted = text.toLocaleLowerCase();
  const ranked = hits.map((hit) => {
    const at = visited.indexOf(hit.record.id);
    return { hit, holds: Number(!hit.title.toLocaleLowerCase().startsWith(wanted)), seen: at < 0 ? visited.length : at };
  });
  return ranked
    .sort((a, b) => a.holds - b.holds || a.seen - b.seen || (a.hit.record.updatedAt < b.hit.record.updatedAt ? 1 : -1))
    .map(({ hit }) => hit);
}
