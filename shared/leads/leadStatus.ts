import type { Issue } from '../kernel/errors.ts';
import type { AnyRecord, Values } from '../kernel/record.ts';

const CONVERTED = 'converted';
export const isOpen = (status: unknown): boolean => status !== CONVERTED && status !== 'unqualified';

/** A lead starts as new; *converted* is the work of the conversion alone and is final. */
export const statusFollows = {
  derive: (values: Values): Values => (values['status'] === undefined ? { ...values, status: 'new' } : values),
  check: (values: Values, before: Values | undefined): readonly Issue[] => {
    const [was, is] = [before?.['status'], values['status']];
    if (is === CONVERTED && was !== CONVERTED && values['convertedAt'] === undefined)
      return [{ field: 'status', code: 'lead.status.convertOnly' }];
    if (was === CONVERTED && is !== CONVERTED) return [{ field: 'status', code: 'lead.status.final' }];
    return [];
  },
};

/** Leads that came in, went into work, and became customers, counted on the day it happened. */
export function leadMetrics(before: AnyRecord | undefined, after: AnyRecord | undefined): Readonly<Record<string, number>> {
  const [was, is] = [before?.['status'], after?.['status']];
  return {
    ...(!before && after ? { created: 1 } : {}),
    ...(is !== was && is === 'working' ? { working: 1 } : {}),
    ...(is !== was && is === 'qualified' ? { qualified: 1 } : {}),
    ...(is !== was && is === CONVERTED ? { converted: 1 } : {}),
    ...(is !== was && is === 'unqualified' ? { unqualified: 1 } : {}),
  };
}
