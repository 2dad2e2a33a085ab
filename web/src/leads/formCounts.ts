import type { Submission } from '../../../shared/leads/submission.ts';

/** What came in through a form within the days that submissions are kept. */
export interface FormCounts {
  readonly total: number;
  readonly created: number;
  readonly merged: number;
  readonly refused: number;
  readonly lastAt: string | undefined;
}

const NOTHING: FormCounts = { total: 0, created: 0, merged: 0, refused: 0, lastAt: undefined };

/** Counts per form id. */
export function countByForm(submissions: readonly Submission[]): Map<string, FormCounts> {
  const counts = new Map<string, FormCounts>();
  for (const { webFormId, outcome, createdAt } of submissions) {
    const known = counts.get(webFormId) ?? NOTHING;
    counts.set(webFormId, {
      ...known,
      total: known.total + 1,
      [outcome]: known[outcome] + 1,
      lastAt: known.lastAt === undefined || known.lastAt < createdAt ? createdAt : known.lastAt,
    });
  }
  return counts;
}

export const countsOf = (counts: ReadonlyMap<string, FormCounts>, formId: string): FormCounts => counts.get(formId) ?? NOTHING;
