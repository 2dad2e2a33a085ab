import { sameValue } from '../kernel/diff.ts';
import type { Issue } from '../kernel/errors.ts';
import type { Values } from '../kernel/record.ts';
import type { Instant, Money } from '../kernel/types.ts';
import { workGroupIssues, type DealColleague } from './dealPeople.ts';
import { lineIssues, totalLines } from './lineTotals.ts';
import type { SalesLine } from './lines.ts';
import { stageOf } from './stages.ts';

/** What was counted when a deal ended, and what its order was made of: fixed until it is reopened. */
const FIXED_AT_THE_END = ['stage', 'successRate', 'successReason', 'amount', 'lines', 'customerId'] as const;
const isClosed = (values: Values | undefined): boolean => values?.['outcome'] === 'won' || values?.['outcome'] === 'lost';

export const opportunityRules = {
  /**
   * A deal starts open at the first stage; reaching the last one wins it. The success rate is the stage's as long as no
   * reason is given for another, and a fact once the deal has ended; the amount is that of the lines as long as there are any.
   */
  derive: (given: Values, before: Values | undefined, now: Instant): Values => {
    const stage = stageOf(given['stage']);
    const outcome = stage.means === 'won' && given['outcome'] !== 'lost' ? 'won' : (given['outcome'] ?? 'open');
    const values = { ...given, stage: stage.key, outcome };
    const isNews = before?.['outcome'] !== outcome;
    const isOpen = outcome === 'open';
    const isHere = before?.['stage'] === stage.key && !(isNews && isOpen);
    return present({
      ...values,
      ...(isOpen ? rateOf(values, before) : isNews ? { successRate: outcome === 'won' ? 100 : 0, successReason: undefined } : {}),
      amount: amountOf(values, before),
      stageSince: isHere ? given['stageSince'] : now,
      closedAt: isOpen ? undefined : isNews ? now : given['closedAt'],
    });
  },

  check: (values: Values, before: Values | undefined): readonly Issue[] => {
    const lines = (values['lines'] ?? []) as SalesLine[];
    const rate = stageOf(values['stage']).rate;
    const isUnfounded = values['outcome'] === 'open' && values['successRate'] !== rate && values['successReason'] === undefined;
    return [
      ...changedAfterEnd(values, before).map((field) => ({ field, code: 'opportunity.closed' })),
      ...(isUnfounded ? [{ field: 'successReason', code: 'opportunity.successRate.reasonMissing' }] : []),
      ...lineIssues(lines),
      ...amountIssues(lines, values['amount'] as Money | undefined),
      ...workGroupIssues((values['workGroup'] ?? []) as DealColleague[]),
    ];
  },
};

/** A rate stands for its stage until a reason says otherwise; clearing either brings the stage's back. */
function rateOf(values: Values, before: Values | undefined): Values {
  const { rate } = stageOf(values['stage']);
  const [given, reason] = [values['successRate'], values['successReason']];
  if (given === undefined) return { successRate: rate, successReason: undefined };
  const isMeant = reason !== undefined || given !== before?.['successRate'];
  return { successRate: isMeant ? given : rate };
}

function amountOf(values: Values, before: Values | undefined): unknown {
  const amount = values['amount'] as Money | undefined;
  const lines = values['lines'] as SalesLine[] | undefined;
  // An amount that is changed beside standing lines is a contradiction to tell, not one to settle in silence.
  if (!amount || !lines?.length || sameValue(lines, before?.['lines'])) return amount;
  const totals = totalLines(lines);
  return totals.ok && totals.value.net >= 0 ? { ...amount, minor: totals.value.net } : amount;
}

function amountIssues(lines: readonly SalesLine[], amount: Money | undefined): readonly Issue[] {
  const totals = totalLines(lines);
  if (!lines.length || !totals.ok) return [];
  if (totals.value.net < 0) return [{ field: 'lines', code: 'money.tooSmall' }];
  if (!amount) return [{ field: 'amount', code: 'field.required' }];
  return amount.minor === totals.value.net ? [] : [{ field: 'amount', code: 'opportunity.amount.ofLines' }];
}

/** Only reopening changes what a closed deal was; it is known by the outcome, which no caller can write. */
function changedAfterEnd(values: Values, before: Values | undefined): readonly string[] {
  if (!before || !isClosed(before) || values['outcome'] === 'open') return [];
  return FIXED_AT_THE_END.filter((name) => !sameValue(values[name], before[name]));
}

const present = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
