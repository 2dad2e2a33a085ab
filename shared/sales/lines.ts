import * as z from 'zod/mini';
import { idOf, lineOfText, listAtMost } from './shapes.ts';

const MOST_LINES = 200;
const WHOLE = 10_000;
const percentage = () => z.int('line.percent').check(z.gte(0, 'line.percent'), z.lte(WHOLE, 'line.percent'));

/**
 * What is sold, line by line. `quantity` is decimal text with at most four places, so that it stays exact; `unitPrice` counts
 * minor units of the record's currency; `discount` and `tax` are hundredths of a percent.
 */
export const salesLines = () =>
  listAtMost(
    z.strictObject({
      id: z.string('line.id').check(z.regex(/^[\w-]{1,40}$/, 'line.id')),
      productId: z.optional(idOf('prd')),
      name: lineOfText(200),
      quantity: z.string('line.quantity').check(z.regex(/^-?\d{1,9}(?:\.\d{1,4})?$/, 'line.quantity')),
      unit: z.optional(lineOfText(20)),
      unitPrice: z.number('money.amount').check(
        z.overwrite((value) => value + 0), // −0 becomes 0
        z.refine(Number.isSafeInteger, 'money.amount'),
      ),
      discount: z.optional(percentage()),
      tax: z.optional(percentage()),
    }),
    MOST_LINES,
  );
export type SalesLine = z.infer<ReturnType<typeof salesLines>>[number];

export const LINE_EXAMPLE: SalesLine[] = [{ id: 'l1', name: 'House blend', quantity: '2.5', unit: 'kg', unitPrice: 2400, tax: 700 }];
