/** The default roles and twenty people of the market's workspace, as the door reads them. The first one may do everything. */
import type { Desk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { PEOPLE, TENANT } from './market.ts';

/** Name under which the first of them calls (`visitorsOf`). */
export const OWNER = 'member-1';

export const settle = (desk: Desk): Promise<void> =>
  employ(
    desk,
    TENANT,
    Array.from({ length: PEOPLE }, (_, i) => ({ name: `member-${i + 1}`, role: 'owner' })),
  );
