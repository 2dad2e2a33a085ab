import { AppError } from '../../shared/kernel/errors.ts';
import type { Day } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import { sequenceKey } from '../table/keys.ts';

const DIGITS = 4;
const MOST_TRIES = 20;

/**
 * Runs `work` with the next number of the year, `2026-0042`, until it meets one that nobody has typed by hand. Numbers
 * grow and are never given twice; what fails after taking one leaves a gap. Steps double, so that a thousand numbers
 * brought along from elsewhere are passed in ten tries.
 * @throws AppError unique.taken (409) when there is none; whatever `work` throws
 */
export async function withOrderNumber<T>(
  { table }: Pick<Context, 'table'>,
  orderedOn: Day,
  work: (number: string) => Promise<T>,
): Promise<T> {
  const year = orderedOn.slice(0, 4);
  for (let round = 0; ; round++) {
    const { last } = await table.update({ update: sequenceKey(`order#${year}`), add: { last: 2 ** Math.max(0, round - 1) } });
    try {
      return await work(`${year}-${String(last).padStart(DIGITS, '0')}`);
    } catch (error) {
      if (!(isNumberTaken(error) && round + 1 < MOST_TRIES)) throw error;
    }
  }
}

const isNumberTaken = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'unique.taken' && error.params?.['field'] === 'number';
