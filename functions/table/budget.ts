import { createHash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Database } from './database.ts';
import { isCondition, toUnavailable } from './failures.ts';

/**
 * Takes one from what `key` may do in a window of time; outside every workspace, since it protects their doors.
 * @param key  what is limited and whose (`form-address|203.0.113.9`); only its hash is stored
 * @returns 0 when there was one left, else the seconds until the next window opens
 * @throws AppError table.unavailable (503): a door whose keeper does not answer stays shut
 */
export async function takeFromBudget(db: Database, key: string, limit: number, windowSeconds: number, now: Instant): Promise<number> {
  const second = Math.floor(toMs(now) / 1000);
  const start = second - (second % windowSeconds);
  const hash = createHash('sha256').update(key).digest('base64url');
  try {
    await db.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { pk: `P#budget#${hash}`, sk: String(start) },
        UpdateExpression: 'SET expiresAt = :expires ADD taken :one',
        ConditionExpression: 'attribute_not_exists(taken) OR taken < :limit',
        ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':expires': start + 2 * windowSeconds },
      }),
    );
    return 0;
  } catch (error) {
    if (isCondition(error)) return start + windowSeconds - second;
    throw toUnavailable(error);
  }
}

/** An address as budgets count it: of IPv6 the network a household or firm is given, since it may change the rest at will. */
export const budgetAddress = (address: string): string => {
  if (!address.includes(':') || address.toLowerCase().startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  const full = address.includes('::')
    ? [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
    : groups;
  return full
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
};
