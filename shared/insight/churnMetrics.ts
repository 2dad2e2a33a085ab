import type { AnyRecord } from '../kernel/record.ts';

/** Warnings on the day they were made, and those whose customer bought again. */
export function churnMetrics(before: AnyRecord | undefined, after: AnyRecord | undefined): Readonly<Record<string, number>> {
  const [was, is] = [before?.['outcome'], after?.['outcome']];
  return {
    ...(!before && after ? { warned: 1 } : {}),
    ...(is !== was && is === 'boughtAgain' ? { boughtAgain: 1 } : {}),
  };
}
