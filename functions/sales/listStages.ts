import type { AnyRecord } from '../../shared/kernel/record.ts';
import { stageHistory, type StageHistory } from '../../shared/sales/stageHistory.ts';
import type { Context } from '../records/context.ts';
import { getRecordItself } from '../records/operations.ts';
import { pipelineIn } from './pipelineIn.ts';
import { replay } from '../records/replay.ts';

/**
 * Where a deal has been and for how long, by its history and by the record itself, which the history follows in a moment.
 * @throws AppError record.notFound (404)
 */
export async function listStages(ctx: Context, id: string): Promise<StageHistory> {
  const deal = await getRecordItself(ctx, 'opportunity', id);
  const versions = (await replay(ctx.table, 'opportunity', id)).flatMap(({ after }): AnyRecord[] => (after ? [after] : []));
  const isBehind = (versions.at(-1)?.version ?? 0) < deal.version;
  const order = pipelineIn(ctx, deal).stages.map(({ key }) => key);
  return stageHistory(isBehind ? [...versions, deal] : versions, ctx.now, order);
}
