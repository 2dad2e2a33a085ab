/** Counters of a firm at work: everybody counted in every figure on every working day of February and March 2026. */
import { addDays } from '../../../shared/kernel/dates.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import { counterKey } from '../../../functions/table/keys.ts';
import { tenantTable } from '../../../functions/table/tenantTable.ts';
import type { Database } from '../../../functions/table/database.ts';
import { idOf } from '../../support/desk.ts';
import { PEOPLE, TENANT } from './market.ts';

/** What a busy day counts, with what the figures do not ask for. */
const METRICS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  lead: { created: 12, working: 10, qualified: 4, converted: 3 },
  opportunity: { created: 3, 'created:CNY': 4_500_000, moved: 11, won: 1, 'won:CNY': 1_250_000 },
  order: { created: 6, confirmed: 5, 'confirmed:CNY': 2_250_000, closed: 4 },
  activity: { created: 14, done: 12 },
};
const isWorkingDay = (day: Day): boolean => ![0, 6].includes(new Date(day).getUTCDay());

export async function fillCounters(db: Database): Promise<void> {
  const days = Array.from({ length: 59 }, (_, n) => addDays('2026-02-01', n)).filter(isWorkingDay);
  const rows = Object.entries(METRICS).flatMap(([type, metrics]) =>
    [...days, '2026-02', '2026-03'].flatMap((period) =>
      Array.from({ length: PEOPLE }, (_, n) => ({ put: { ...counterKey(type, period, idOf('mem', n + 1)), ...metrics } })),
    ),
  );
  await tenantTable(db, TENANT).writeMany(rows);
}
