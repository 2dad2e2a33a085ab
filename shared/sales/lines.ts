import * as z from 'zod/mini';

const MOST_LINES = 200;
const PERCENT = 10_000;

/**
 * What is sold, line by line. `quantity` is decimal text with at most four places, so that it stays exact; `unitPrice` counts
 * minor units of the record's currency; `discount` and `tax` are hundredths of a percent.
 */
export const salesLines = () =>
  z
    .array(
      z.strictObject({
        id: z.string().check(z.regex(/^[\w-]{1,40}$/, 'line.id')),
        productId: z.optional(z.string().check(z.maxLength(40))),
        name: z.string().check(z.minLength(1, 'text.empty'), z.maxLength(200, 'text.tooLong')),
        quantity: z.string().check(z.regex(/^-?\d{1,9}(?:\.\d{1,4})?$/, 'line.quantity')),
        unit: z.optional(z.string().check(z.maxLength(20, 'text.tooLong'))),
        unitPrice: z.number('money.amount').check(z.refine(Number.isSafeInteger, 'money.amount')),
        discount: z.optional(z.int('line.percent').check(z.gte(0, 'line.percent'), z.lte(PERCENT, 'line.percent'))),
        tax: z.optional(z.int('line.percent').check(z.gte(0, 'line.percent'), z.lte(PERCENT, 'line.percent'))),
      }),
    )
    .check(z.maxLength(MOST_LINES, 'list.tooLong'));
export type SalesLine = z.infer<ReturnType<typeof salesLines>>[number];

export const LINE_EXAMPLE: SalesLine[] = [{ id: 'l1', name: 'House blend', quantity: '2.5', unit: 'kg', unitPrice: 2400, tax: 700 }];
