import * as z from 'zod/mini';

/**
 * A list of one to `most` values. Its length is looked at before its items, so that a body of a hundred thousand costs nothing.
 * @param once  brings doubled values together
 */
export const listOf = <T>(
  item: z.ZodMiniType<T>,
  most: number,
  once: (list: T[]) => T[] = (list) => [...new Set(list)],
): z.ZodMiniType<T[]> =>
  z
    .pipe(z.array(z.unknown(), 'list.expected').check(z.maxLength(most, 'list.tooLong'), z.minLength(1, 'list.empty')), z.array(item))
    .check(z.overwrite(once));
