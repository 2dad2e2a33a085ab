import { session } from '../kernel/session.svelte.ts';

const USUAL = ['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD'];

/** Currencies that amounts are offered in, the workspace's own first. Reactive. */
export const currencies = (): string[] => [...new Set([session.data?.workspace.currency ?? 'CNY', ...USUAL])];
