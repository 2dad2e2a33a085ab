import { localDay } from '../../shared/kernel/dates.ts';
import { AppError, invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { blanksToNull, parseCreate } from '../../shared/kernel/schema.ts';
import type { Day } from '../../shared/kernel/types.ts';
import { typeOf, type Context } from '../records/context.ts';
import { createRecord } from '../records/operations.ts';
import { recordKey } from '../table/keys.ts';
import { withOrderNumber } from './orderNumber.ts';

/** Day and currency where the caller names none: today where he is, and what the workspace counts in. */
export const orderDefaults = ({ now, home }: Context): { readonly orderedOn: Day; readonly currency: string | undefined } => ({
  orderedOn: localDay(now, home.zone),
  currency: home.currency,
});

/**
 * A new order; what it leaves blank of day, currency and number is filled in.
 * @throws AppError input.invalid (400), unique.taken (409), record.exists (409), access.denied (403)
 */
export async function createOrder(ctx: Context, body: unknown): Promise<AnyRecord> {
  const given = blanksToNull(body);
  const parsed = parseCreate(typeOf(ctx, 'order'), isObject(given) ? withDefaults(ctx, given) : given);
  if (!parsed.ok) throw invalid(parsed.issues);
  const values = parsed.value;
  if (values['number'] !== undefined) return createRecord(ctx, 'order', values);
  return withOrderNumber(ctx, String(values['orderedOn']), async (number) => {
    try {
      return await createRecord(ctx, 'order', { ...values, number });
    } catch (error) {
      const own = error instanceof AppError && error.code === 'record.exists' ? await numberOf(ctx, String(values['id'])) : undefined;
      if (own === undefined) throw error;
      // Perhaps the repeat of a create whose answer was lost: under its own number it is known again.
      return createRecord(ctx, 'order', { ...values, number: own });
    }
  });
}

const isObject = (value: unknown): value is Values => value !== null && typeof value === 'object' && !Array.isArray(value);

const withDefaults = (ctx: Context, given: Values): Values => ({
  ...given,
  ...Object.fromEntries(Object.entries(orderDefaults(ctx)).map(([name, value]) => [name, given[name] ?? value])),
});

async function numberOf(ctx: Context, id: string): Promise<unknown> {
  const item = await ctx.table.get(recordKey('order', id), { consistent: true });
  return (item?.['data'] as Values | undefined)?.['number'];
}
