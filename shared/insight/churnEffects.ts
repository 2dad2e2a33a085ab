import { SYSTEM_ACTOR } from '../kernel/access.ts';
import type { Effect, EffectRule } from '../kernel/effect.ts';
import type { AnyRecord } from '../kernel/record.ts';
import { daysToWarning } from './churn.ts';
import { isWarning } from './churnHandling.ts';

/** Who was silent for longer when he was first looked at (an imported history) stands in the list, and rings no bell. */
const MOST_DAYS_LATE = 14;

/** Whoever looks after a customer is told first that he may lose him; also when a warning comes back, or comes to him. */
const warned: EffectRule = ({ type, before, after }) => {
  if (type !== 'churnWarning' || !after?.ownerId || !isWarning(after) || isLate(after)) return [];
  const arose = after['status'] === 'open' && before?.['status'] !== 'open' && after.updatedBy === SYSTEM_ACTOR.memberId;
  const handedOver = before !== undefined && before.ownerId !== after.ownerId;
  return arose || handedOver ? [notify(after, after.ownerId)] : [];
};

export const churnEffects: readonly EffectRule[] = [warned];

function isLate({ silentDays, medianGapDays }: AnyRecord): boolean {
  return Number(silentDays) - daysToWarning(medianGapDays as number | undefined) > MOST_DAYS_LATE;
}

/** The notification leads to the customer, where the warning stands beside everything else that is known of him. */
const notify = (warning: AnyRecord, memberId: string): Effect => ({
  kind: 'notify',
  memberId,
  code: 'churnWarning',
  params: { name: String(warning['name']), days: String(warning['silentDays']) },
  recordType: 'customer',
  recordId: String(warning['customerId']),
});
