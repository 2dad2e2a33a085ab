import { beforeAll, describe, expect, it } from 'vitest';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../../functions/table/database.ts';
import { withHold } from '../../../functions/table/hold.ts';
import { awsError } from '../services/awsEnvironment.ts';
import { openDesk } from '../../support/desk.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
const BUSY = { code: 'request.busy', status: 429 };
let db: Database;
beforeAll(async () => ({ db } = await openDesk()));

/** A database whose releases fail, as if the function had been killed. */
const dying = (): Database => ({
  ...db,
  send: ((command: unknown) =>
    command instanceof DeleteCommand
      ? Promise.reject(awsError('InternalServerError', 500))
      : db.send(command as never)) as Database['send'],
});

describe('work under a hold', () => {
  it('is done by one of many who come at once', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return 'done';
    };

    const results = await Promise.allSettled(Array.from({ length: 20 }, () => withHold(db, 'one', NOW, work)));

    expect(most).toBe(1);
    expect(results.some((result) => result.status === 'fulfilled' && result.value === 'done')).toBe(true);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject(BUSY);
  });

  it('of another name is free', async () => {
    await withHold(db, 'outer', NOW, async () => {
      await expect(withHold(db, 'outer', NOW, async () => 1)).rejects.toMatchObject(BUSY);
      expect(await withHold(db, 'inner', NOW, async () => 2)).toBe(2);
    });
  });

  it('is free again when it ends, well or badly', async () => {
    expect(await withHold(db, 'twice', NOW, async () => 1)).toBe(1);
    await expect(withHold(db, 'twice', NOW, () => Promise.reject(new Error('bad')))).rejects.toThrow('bad');
    expect(await withHold(db, 'twice', NOW, async () => 3)).toBe(3);
  });

  it('of a killed function is free after half a minute', async () => {
    expect(await withHold(dying(), 'killed', NOW, async () => 1)).toBe(1);

    await expect(withHold(db, 'killed', later(29), async () => 2)).rejects.toMatchObject(BUSY);
    expect(await withHold(db, 'killed', later(30), async () => 2)).toBe(2);
  });

  it('that lapsed does not end the hold of who came after', async () => {
    const ended: (() => void)[] = [];
    const lasting = (now: string) => withHold(db, 'slow', now, () => new Promise<void>((resolve) => ended.push(resolve)));
    const begun = (count: number) => expect.poll(() => ended.length).toBe(count);
    const first = lasting(NOW);
    await begun(1);
    const second = lasting(later(31));
    await begun(2);

    ended[0]!();
    await first;
    await expect(withHold(db, 'slow', later(32), async () => {})).rejects.toMatchObject(BUSY);

    ended[1]!();
    await second;
    await expect(withHold(db, 'slow', later(33), async () => 3)).resolves.toBe(3);
  });

  it('is not done when the keeper does not answer', async () => {
    const silent: Database = { ...db, send: (() => Promise.reject(awsError('InternalServerError', 500))) as unknown as Database['send'] };
    let done = false;

    await expect(withHold(silent, 'mute', NOW, async () => (done = true))).rejects.toMatchObject({ code: 'table.unavailable' });
    expect(done).toBe(false);
  });
});
