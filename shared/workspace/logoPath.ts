import type { Logo } from './logo.ts';

/** Where a logo is served, to everybody: pages before signing in show it, and mails. */
export const logoPath = ({ file }: Pick<Logo, 'file'>): string => `/logos/${file}`;
