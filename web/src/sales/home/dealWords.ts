import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { Money } from '../../../../shared/kernel/types.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { scope } from '../../records/scope.svelte.ts';

/** The part of the sums that bars can be compared by: currencies have no rate between them. */
export const homeAmount = (amounts: readonly Money[], home: string): number =>
  amounts.find(({ currency }) => currency === home)?.minor ?? 0;

/** `CN¥12.8K + $400`; nothing for nothing. */
export const moneyWords = (amounts: readonly Money[]): string =>
  amounts
    .filter(({ minor }) => minor !== 0)
    .map(i18n.formats.moneyCompact)
    .join(' + ');

/** Deals of whoever is looked at. */
export const inScope = (deals: readonly object[]): AnyRecord[] =>
  (deals as readonly AnyRecord[]).filter(({ ownerId }) => scope.has(ownerId));
