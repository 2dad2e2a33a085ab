import * as m from '#messages';
import type { DigestContents } from '../../shared/insight/digest.ts';
import { BY_WEIGHT, isQuiet, totalOf, type Figure, type Total } from '../../shared/insight/digestFigures.ts';
import type { DigestPeriod } from '../../shared/insight/digestReaders.ts';
import { toDecimal } from '../../shared/kernel/money.ts';
import type { Day, Locale, Money } from '../../shared/kernel/types.ts';

/** A figure in a sentence, as a heading, and as a heading where there is little room. */
export const WORDS = {
  newLeads: [m.digest_new_leads, m.digest_figure_new_leads, m.digest_column_new_leads],
  workingLeads: [m.digest_working_leads, m.digest_figure_working_leads, m.digest_column_working_leads],
  convertedLeads: [m.digest_converted_leads, m.digest_figure_converted_leads, m.digest_column_converted_leads],
  newCustomers: [m.digest_new_customers, m.digest_figure_new_customers, m.digest_column_new_customers],
  newOpportunities: [m.digest_new_opportunities, m.digest_figure_new_opportunities, m.digest_column_new_opportunities],
  movedOpportunities: [m.digest_moved_opportunities, m.digest_figure_moved_opportunities, m.digest_column_moved_opportunities],
  wonOpportunities: [m.digest_won_opportunities, m.digest_figure_won_opportunities, m.digest_column_won_opportunities],
  lostOpportunities: [m.digest_lost_opportunities, m.digest_figure_lost_opportunities, m.digest_column_lost_opportunities],
  orders: [m.digest_orders, m.digest_figure_orders, m.digest_column_orders],
  activitiesDone: [m.digest_activities_done, m.digest_figure_activities_done, m.digest_column_activities_done],
  overdue: [m.digest_overdue, m.digest_figure_overdue, m.digest_column_overdue],
  risks: [m.digest_risks, m.digest_figure_risks, m.digest_column_risks],
} as const satisfies Record<Figure, unknown>;

/** A subject is read at a glance. */
const MOST_IN_SUBJECT = 4;

/** `Sunday 22 November`, `11月22日（周日）`. */
function dayOf(day: Day, locale: Locale): string {
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...parts }).format(new Date(`${day}T00:00:00Z`));
  if (locale === 'en') return format({ weekday: 'long', day: 'numeric', month: 'long' });
  return `${format({ day: 'numeric', month: 'long' })}（${format({ weekday: 'short' })}）`;
}

/** `16–22 November`, `11月16日至11月22日`. */
function weekOf(from: Day, to: Day, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  // A range in Chinese would be one of slashes.
  if (locale === 'en') return format.formatRange(first, last);
  return m.digest_from_to({ from: format.format(first), to: format.format(last) }, { locale });
}

export interface Days {
  readonly from: Day;
  readonly to: Day;
  readonly period: DigestPeriod;
}

/** Of what days a digest tells. */
export function daysOf({ from, to, period }: Days, locale: Locale): string {
  if (period === 'week') return weekOf(from, to, locale);
  return from < to ? m.digest_from_to({ from: dayOf(from, locale), to: dayOf(to, locale) }, { locale }) : dayOf(to, locale);
}

export function subjectOf(days: Days, people: DigestContents['people'], locale: Locale): string {
  const total = totalOf(people);
  const [words, quiet] =
    days.period === 'week' ? [m.digest_week_subject, m.digest_week_subject_quiet] : [m.digest_subject, m.digest_subject_quiet];
  const options = { locale };
  if (isQuiet(total)) return quiet({ days: daysOf(days, locale) }, options);
  const figures = BY_WEIGHT.filter((figure) => total[figure] > 0)
    .slice(0, MOST_IN_SUBJECT)
    .map((figure) => WORDS[figure][0]({ count: total[figure] }, options));
  return words({ days: daysOf(days, locale), figures: figures.join(locale === 'en' ? ', ' : '，') }, options);
}

/** A number as it is shown: what is overdue may be more than was counted. */
export const shown = (line: Pick<Total, Figure | 'moreOverdue'>, figure: Figure, locale: Locale): string =>
  figure === 'overdue' && line.moreOverdue ? m.digest_more_than({ count: line.overdue }, { locale }) : String(line[figure]);

export const moneyText = (value: Money, locale: Locale, digits?: number): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency, maximumFractionDigits: digits }).format(
    toDecimal(value) as Intl.StringNumericLiteral,
  );
