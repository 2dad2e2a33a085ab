import { m } from '#messages';
import { toDecimal } from '../../../../shared/kernel/money.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import type { Measure } from './chart.ts';

/** Amounts of one currency, in its minor unit. */
export function moneyMeasure(currency: string): Measure {
  const { money, moneyCompact } = i18n.formats;
  return {
    unit: m.ui_chart_in({ unit: currency }),
    short: (minor) => moneyCompact({ minor, currency }),
    full: (minor) => money({ minor, currency }),
    plain: (minor) => toDecimal({ minor, currency }),
  };
}

/** Pieces. @param unit  what is counted, `Number of opportunities` @param say  `3 opportunities` */
export function countMeasure(unit: string, say: (count: number) => string): Measure {
  return { unit, short: i18n.formats.compact, full: say, plain: String };
}
