import { m } from '#messages';
import type { ATTITUDES, DEAL_ROLES } from '../../../shared/sales/dealPeople.ts';
import type { Tone } from '../ui/tone.ts';

/** Colours of how a deal stands, always beside its word. */
export const OUTCOME_TONES = { open: 'accent', won: 'good', lost: 'neutral' } as const satisfies Record<string, Tone>;

export const ORDER_TONES: Readonly<Record<string, Readonly<Record<string, Tone>>>> = {
  status: { draft: 'neutral', confirmed: 'accent', closed: 'good', cancelled: 'bad' },
  delivery: { notDelivered: 'neutral', partly: 'warn', delivered: 'good', returned: 'bad' },
  payment: { unpaid: 'neutral', prepaid: 'accent', partly: 'warn', paid: 'good', refunded: 'bad' },
};

export type DealRole = (typeof DEAL_ROLES)[number];
export type Attitude = (typeof ATTITUDES)[number];

export const ROLE_WORDS: Readonly<Record<DealRole, () => string>> = {
  coach: m.sales_role_coach,
  user: m.sales_role_user,
  technical: m.sales_role_technical,
  economic: m.sales_role_economic,
};

export const ATTITUDE_WORDS: Readonly<Record<Attitude, () => string>> = {
  supporter: m.sales_attitude_supporter,
  leaning: m.sales_attitude_leaning,
  neutral: m.sales_attitude_neutral,
  sceptic: m.sales_attitude_sceptic,
  opponent: m.sales_attitude_opponent,
};

export const ATTITUDE_TONES: Readonly<Record<Attitude, Tone>> = {
  supporter: 'good',
  leaning: 'accent',
  neutral: 'neutral',
  sceptic: 'warn',
  opponent: 'bad',
};
