import * as z from 'zod/mini';
import { AppError, invalid } from '../kernel/errors.ts';
import { kindOf } from '../kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition, Values } from '../kernel/record.ts';
import { blanksToNull, parseWith } from '../kernel/schema.ts';
import { findStage, lastOpenStage, stageOf, winningStage, type Pipeline } from './pipelines.ts';

/** How a deal ended, and why; the reasons may be mended later, the end itself only by reopening. */
export interface CloseWish {
  readonly outcome: 'won' | 'lost';
  readonly reasons?: readonly string[] | null;
  readonly lostTo?: string | null;
  readonly closeNote?: string | null;
}

type Deal = Pick<RecordDefinition, 'fields'>;

function closeShape({ fields }: Deal) {
  const of = (name: 'reasons' | 'lostTo' | 'closeNote') => z.optional(z.nullable(kindOf(fields[name]!).schema(fields[name]!)));
  return z.strictObject(
    { outcome: z.enum(['won', 'lost'], 'choice.unknown'), reasons: of('reasons'), lostTo: of('lostTo'), closeNote: of('closeNote') },
    'input.object',
  );
}

/**
 * @param type  opportunities, with the workspace's own list of reasons
 * @throws AppError input.invalid (400); a loss without a reason teaches nobody anything, so it needs one
 */
export function readClose(type: Deal, body: unknown): CloseWish {
  const parsed = parseWith(closeShape(type), blanksToNull(body));
  if (!parsed.ok) throw invalid(parsed.issues);
  const wish = parsed.value as CloseWish;
  if (wish.outcome === 'lost' && !wish.reasons) throw invalid([{ field: 'reasons', code: 'opportunity.close.lossReasonMissing' }]);
  if (wish.outcome === 'won' && wish.lostTo) throw invalid([{ field: 'lostTo', code: 'opportunity.close.notLost' }]);
  return wish;
}

const isClosed = ({ outcome }: Values): boolean => outcome !== undefined && outcome !== 'open';

/**
 * What closing changes. Winning is reaching a stage that is won; a lost deal stays at the stage where it was lost.
 * @param pipeline  of the deal
 * @throws AppError opportunity.closed (409) when it has ended otherwise
 */
export function closeChange(
  pipeline: Pipeline,
  deal: AnyRecord,
  { outcome, reasons = null, lostTo = null, closeNote = null }: CloseWish,
): Values {
  if (isClosed(deal) && deal['outcome'] !== outcome)
    throw new AppError('opportunity.closed', { status: 409, params: { outcome: deal['outcome'] } });
  const isThere = stageOf(pipeline, deal['stage']).means === 'won';
  return { outcome, ...(outcome === 'won' && !isThere ? { stage: winningStage(pipeline).key } : {}), reasons, lostTo, closeNote };
}

const reopenShape = () => z.strictObject({ stage: z.optional(z.nullable(z.string('choice.expected'))) }, 'input.object');

/** @returns the stage to go on from, where one is named. @throws AppError input.invalid (400) */
export function readReopen(body: unknown): string | undefined {
  const parsed = parseWith(reopenShape(), blanksToNull(body ?? {}));
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value.stage ?? undefined;
}

/**
 * What reopening changes: a lost deal goes on where it was, a won one from the stage before winning; one that is open
 * stays as it is.
 * @param pipeline  of the deal
 * @param stage  to go on from
 * @throws AppError input.invalid (400) for a stage at which none of its deals is open
 */
export function reopenChange(pipeline: Pipeline, deal: AnyRecord, stage?: string): Values {
  if (stage !== undefined && findStage(pipeline, stage)?.means !== 'open') throw invalid([{ field: 'stage', code: 'choice.unknown' }]);
  if (!isClosed(deal)) return {};
  const stood = stageOf(pipeline, deal['stage']);
  const from = (stood.means === 'open' ? stood : lastOpenStage(pipeline)).key;
  return { outcome: 'open', stage: stage ?? from, reasons: null, lostTo: null, closeNote: null };
}
