import type { Condition } from '../../../shared/kernel/filter.ts';
import { writeConditions } from './filters.ts';

/** Address of a list that shows what all these conditions hold for. */
export const listAddress = (path: string, conditions: readonly Condition[]): string =>
  conditions.length ? `${path}?${new URLSearchParams({ f: writeConditions(conditions) }).toString()}` : path;
