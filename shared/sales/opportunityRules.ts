import { sameValue } from '../kernel/diff.ts';
import type { Issue } from '../kernel/errors.ts';
import type { Values } from '../kernel/record.ts';
import type { Instant, Money } from '../kernel/types.ts';
import { workGroupIssues, type DealColleague } from './dealPeople.ts';
import { lineIssues, totalLines } from './lineTotals.ts';
import type { SalesLine } from './lines.ts';
import { findStage, pipelineOf, stageOf, type Pipeline } from './pipelines.ts';
import type { Stage } from './stages.ts';

/** What was counted when a deal ended, and what its order was made of: fixed until it is reopened. */
const FIXED_AT_THE_END = ['stage', 'successRate', 'successReason', 'amount', 'lines', 'customerId', 'pipelineId'] as const;
const isClosed = (values: Values | undefined): boolean => values?.['outcome'] === 'won' || values?.['outcome'] === 'lost';

/** The rules of a workspace that sells in these ways. */
export const opportunityRulesIn = (pipelines: readonly Pipeline[]) => ({
  /**
   * A deal starts open at the first stage of its pipeline; reaching one that is won wins it. The success rate is the
   * stage's as long as no reason is given for another, and a fact once the deal has ended; the amount is that of the lines
   * as long as there are any.
   */
  derive: (given: Values, before: Values | undefined, now: Instant): Values => {
    const pipeline = pipelineOf(pipelines, given);
    const stage = standsAt(pipeline, given, before);
    const outcome = stage.means === 'won' && given['outcome'] !== 'lost' ? 'won' : (given['outcome'] ?? 'open');
    const isOpen = outcome === 'open';
    const isNews = before?.['outcome'] !== outcome;
    // Where it was lost, or won, remains so, although nobody can go there any more.
    const key = isClosed(before) && !isOpen && given['stage'] === before?.['stage'] ? given['stage'] : stage.key;
    const values = { ...given, pipelineId: pipeline.id, stage: key, outcome };
    const isHere = before?.['stage'] === key && !(isNews && isOpen);
    return present({
      ...values,
      ...(isOpen ? rateOf(stage, values, before) : isNews ? { successRate: outcome === 'won' ? 100 : 0, successReason: undefined } : {}),
      amount: amountOf(values, before),
      stageSince: isHere ? given['stageSince'] : now,
      closedAt: isOpen ? undefined : isNews ? now : given['closedAt'],
    });
  },

  check: (values: Values, before: Values | undefined): readonly Issue[] => {
    const lines = (values['lines'] ?? []) as SalesLine[];
    const pipeline = pipelineOf(pipelines, values);
    const { rate } = stageOf(pipeline, values['stage']);
    const isUnfounded = values['outcome'] === 'open' && values['successRate'] !== rate && values['successReason'] === undefined;
    const isElsewhere = values['stage'] !== before?.['stage'] && !findStage(pipeline, values['stage']);
    return [
      ...changedAfterEnd(pipeline, values, before).map((field) => ({ field, code: 'opportunity.closed' })),
      ...(isElsewhere ? [{ field: 'stage', code: 'choice.unknown' }] : []),
      ...(isUnfounded ? [{ field: 'successReason', code: 'opportunity.successRate.reasonMissing' }] : []),
      ...lineIssues(lines),
      ...amountIssues(lines, values['amount'] as Money | undefined),
      ...workGroupIssues((values['workGroup'] ?? []) as DealColleague[]),
    ];
  },
});

/**
 * The stage that is meant. Who takes a deal to another pipeline and names no stage of it begins there; a stage that is
 * named and that its pipeline has not is told, not settled in silence.
 */
function standsAt(pipeline: Pipeline, given: Values, before: Values | undefined): Pick<Stage, 'key' | 'means' | 'rate'> {
  const named = given['stage'];
  const isKnown = findStage(pipeline, named) ?? pipeline.removed.some(({ key }) => key === named);
  if (named === undefined || isKnown || named === before?.['stage']) return stageOf(pipeline, named);
  return { ...pipeline.stages[0]!, key: String(named) };
}

/** A rate stands for its stage until a reason says otherwise; clearing either brings the stage's back. */
function rateOf({ rate }: Pick<Stage, 'rate'>, values: Values, before: Values | undefined): Values {
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

/**
 * Only reopening changes what a closed deal was; it is known by the outcome, which no caller can write. What comes after
 * the win is part of its pipeline: a won deal goes on through the stages that are won.
 */
function changedAfterEnd(pipeline: Pipeline, values: Values, before: Values | undefined): readonly string[] {
  if (!before || !isClosed(before) || values['outcome'] === 'open') return [];
  const goesOn = values['outcome'] === 'won' && findStage(pipeline, values['stage'])?.means === 'won';
  return FIXED_AT_THE_END.filter((name) => !sameValue(values[name], before[name]) && !(name === 'stage' && goesOn));
}

const present = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
