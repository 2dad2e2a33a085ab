import type { Submission } from '../../../shared/leads/submission.ts';
import type { Lead } from '../../../shared/leads/lead.ts';
import type { Tone } from '../ui/tone.ts';

/** Colours of the states of a lead, always beside their word. */
export const STATUS_TONES: Readonly<Record<NonNullable<Lead['status']>, Tone>> = {
  new: 'accent',
  working: 'warn',
  qualified: 'violet',
  unqualified: 'neutral',
  converted: 'good',
};

export const OUTCOME_TONES: Readonly<Record<Submission['outcome'], Tone>> = { created: 'good', merged: 'accent', refused: 'neutral' };
