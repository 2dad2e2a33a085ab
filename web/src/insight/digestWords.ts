import { m } from '#messages';
import type { Figures } from '../../../shared/insight/dailyDigest.ts';
import type { Digest, LEAD_EVENTS } from '../../../shared/insight/digest.ts';
import { i18n } from '../kernel/i18n.svelte.ts';

/** Words of a figure: alone, and with its number in a sentence. The mail says the same. */
export const FIGURE_WORDS: Readonly<
  Record<keyof Figures, { title: () => string; column: () => string; counted: (count: number) => string }>
> = {
  newLeads: { title: m.digest_figure_new_leads, column: m.digest_column_new_leads, counted: (count) => m.digest_new_leads({ count }) },
  workingLeads: {
    title: m.digest_figure_working_leads,
    column: m.digest_column_working_leads,
    counted: (count) => m.digest_working_leads({ count }),
  },
  convertedLeads: {
    title: m.digest_figure_converted_leads,
    column: m.digest_column_converted_leads,
    counted: (count) => m.digest_converted_leads({ count }),
  },
  newCustomers: {
    title: m.digest_figure_new_customers,
    column: m.digest_column_new_customers,
    counted: (count) => m.digest_new_customers({ count }),
  },
};

export const EVENT_WORDS: Readonly<Record<(typeof LEAD_EVENTS)[number], { title: () => string; figure: keyof Figures }>> = {
  converted: { title: m.digest_section_converted, figure: 'convertedLeads' },
  new: { title: m.digest_section_new, figure: 'newLeads' },
  working: { title: m.digest_section_working, figure: 'workingLeads' },
};

/** The day a digest tells of, or from which day to which. */
export function daysOf({ from, to }: Pick<Digest, 'from' | 'to'>): string {
  const { formats } = i18n;
  return from < to ? m.insight_from_to({ from: formats.dayLong(from), to: formats.dayLong(to) }) : formats.dayLong(from);
}

/** The latest first. */
export const latestFirst = (digests: readonly Digest[]): Digest[] =>
  digests.toSorted((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : a.createdAt < b.createdAt ? 1 : -1));
