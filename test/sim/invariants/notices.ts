import type { Values } from '../../../shared/kernel/record.ts';
import type { Facts } from './facts.ts';

/** Whether a member has ever switched off to be told of something in that way: what he is told of it hangs on the moment. */
export const wasOff = ({ commits }: Facts, memberId: unknown, way: 'mutedNotices' | 'unmailedNotices', code: unknown): boolean =>
  commits.some(({ id, item }) => id === memberId && ((item['data'] as Values)[way] as unknown[] | undefined)?.includes(code) === true);
