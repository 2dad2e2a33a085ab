/** A label in every language the product speaks. Labels of records live in their declarations, words of screens in messages. */
export interface Label {
  readonly en: string;
  readonly zh: string;
}

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** A moment: UTC, ISO 8601 with milliseconds, as `new Date(ms).toISOString()` writes it. */
export type Instant = string;

/** A calendar day `YYYY-MM-DD`, without a zone. */
export type Day = string;

/** An amount as a whole number of the currency's smallest unit (cents, yen, fils) with its ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export const wording = (label: Label, locale: Locale): string => (locale === 'en' ? label.en : label.zh);
