import type { Database } from '../../functions/table/database.ts';

/**
 * A process that ends at its n-th request, counted from 0.
 * @param applied  whether the table has done that request, or has never heard of it
 */
export function dyingAfter(db: Database, last: number, applied: boolean): Database {
  let sent = 0;
  const send = async (command: never): Promise<unknown> => {
    const index = sent++;
    if (index < last || (index === last && applied)) {
      const answer = await db.send(command);
      if (index < last) return answer;
    }
    throw new Error('the process has ended');
  };
  return { ...db, send: send as unknown as Database['send'] };
}
