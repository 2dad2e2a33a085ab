import { session } from '../../kernel/session.svelte.ts';
import { stored } from '../../kernel/stored.ts';
import { isNews } from './isNews.ts';

/** The newest release that each member has been told of on this computer of his own. */
function seenByMember(): Readonly<Record<string, string>> {
  try {
    const seen: unknown = JSON.parse(stored.get('releases') ?? '{}');
    return typeof seen === 'object' && seen !== null ? (seen as Readonly<Record<string, string>>) : {};
  } catch {
    return {}; // none of ours
  }
}

/** Remembers that the member who is here has been told. @returns whether it was news to him */
export function tellOnce(latest: string): boolean {
  const memberId = session.data?.member.id;
  if (memberId === undefined || !session.privateComputer) return false;
  const seen = seenByMember();
  stored.set('releases', JSON.stringify({ ...seen, [memberId]: latest }));
  return isNews(Object.hasOwn(seen, memberId) ? seen[memberId] : undefined, latest);
}
