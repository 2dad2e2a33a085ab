/** What deals and orders cost: the move of a card, its end, its order, and what follows from them. */
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { closeChange } from '../../../shared/sales/opportunityClose.ts';
import { orderChange } from '../../../shared/sales/orderRules.ts';
import type { Context } from '../../../functions/records/context.ts';
import { createRecord, updateRecord } from '../../../functions/records/operations.ts';
import { createOrder } from '../../../functions/sales/createOrder.ts';
import { decideChange } from '../../../functions/records/decideChange.ts';
import { pipelineIn } from '../../../functions/sales/pipelineIn.ts';
import { listStages } from '../../../functions/sales/listStages.ts';
import { orderOpportunity } from '../../../functions/sales/orderOpportunity.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { itemBytes } from '../../support/units.ts';
import { nthId } from './market.ts';

interface Bench {
  readonly ctx: () => Context;
  readonly itemOf: (ctx: Context, type: string, id: string) => Promise<Item | undefined>;
  readonly note: (name: string, work: () => Promise<unknown>) => Promise<void>;
  readonly noteStream: (name: string, before: Item | undefined, after: Item | undefined) => Promise<void>;
}

const STAGES = ['interest', 'decisionMaker', 'needs', 'solution', 'demonstration', 'evaluation', 'verbalYes', 'negotiation', 'signed'];
const lines = Array.from({ length: 5 }, (_, n) => ({
  ...{ id: `l${n + 1}`, productId: nthId('prd', n), name: `House blend no. ${n + 1}`, quantity: '2.5', unit: 'kg' },
  ...{ unitPrice: 2400 + n, discount: 500, tax: 1300 },
}));

export async function measureSales({ ctx, itemOf, note, noteStream }: Bench): Promise<void> {
  const customerId = nthId('cus', 0);
  for (const { productId, name } of lines) await createRecord(ctx(), 'product', { id: productId, name });

  /** A deal whose item has so many bytes; one of another kind of description has those that are missing. */
  const dealOf = async (n: number, bytes: number): Promise<AnyRecord> => {
    const values: Values = {
      ...{ title: 'Yearly beans of the harbour', customerId, amount: { minor: 1_250_000, currency: 'CNY' }, rank: 'a0' },
      ...{ expectedEndOn: '2026-06-30', stage: 'firstContact', source: 'exhibition', channel: 'field' },
    };
    const probe = await createRecord(ctx(), 'opportunity', { ...values, id: nthId('opp', n) });
    const missing = bytes - itemBytes((await itemOf(ctx(), 'opportunity', probe.id))!);
    return createRecord(ctx(), 'opportunity', { ...values, id: nthId('opp', n + 1), description: 'd'.repeat(Math.max(1, missing - 12)) });
  };

  for (const [size, bytes] of [
    ['1 KB', 980],
    ['3 KB', 2980],
  ] as const) {
    const deal = await dealOf(bytes, bytes);
    const before = await itemOf(ctx(), 'opportunity', deal.id);
    await note(`move a stage, ${size}`, () => updateRecord(ctx(), 'opportunity', deal.id, 1, { stage: 'interest', rank: 'a1' }));
    await noteStream(`stream after a move, ${size}`, before, await itemOf(ctx(), 'opportunity', deal.id));
    for (const [i, stage] of STAGES.slice(1, -1).entries()) {
      const was = await itemOf(ctx(), 'opportunity', deal.id);
      await updateRecord(ctx(), 'opportunity', deal.id, i + 2, { stage });
      if (size === '1 KB') await noteStream('stream after a move, 1 KB', was, await itemOf(ctx(), 'opportunity', deal.id));
    }
    if (size === '1 KB') await note('stages of an opportunity that went through all', () => listStages(ctx(), deal.id));
  }

  const deal = await createRecord(ctx(), 'opportunity', {
    ...{ id: nthId('opp', 1), title: 'Beans', customerId, stage: 'negotiation', amount: { minor: 0, currency: 'CNY' }, lines },
  });
  await note('close an opportunity', () =>
    decideChange(ctx(), 'opportunity', deal, (record) =>
      closeChange(pipelineIn(ctx(), record), record, { outcome: 'won', reasons: ['quality'] }),
    ),
  );
  let order: AnyRecord | undefined;
  await note('order of a won opportunity, five lines', async () => {
    ({ order } = await orderOpportunity(ctx(), deal.id, 2, {}));
  });
  await note('asking for that order again', () => orderOpportunity(ctx(), deal.id, 2, {}));
  await note('confirm an order', () => decideChange(ctx(), 'order', order!, (record) => orderChange(record, 'confirm', '2026-03-02')));
  await note('create an order, five lines', () => createOrder(ctx(), { id: nthId('ord', 1), customerId, lines }));
}
