import type { Effect } from '../kernel/effect.ts';
import type { Values } from '../kernel/record.ts';

/**
 * In which ways a member hears of something: as what tells of it says, without what he has switched off for its kind.
 * @param member  as he stands now
 */
export function noticeWays(member: Values, { code, by }: Pick<Effect, 'code' | 'by'>): { readonly app: boolean; readonly mail: boolean } {
  const isOff = (field: string): boolean => ((member[field] as readonly string[] | undefined) ?? []).includes(code);
  return { app: by !== 'mail' && !isOff('mutedNotices'), mail: by !== 'app' && !isOff('unmailedNotices') };
}
