import type { Derivation } from './kernel/derivation.ts';
import { leadSubmissions } from './leads/leadSubmissions.ts';

/** The only list of how derived values come about. */
export const DERIVATIONS: readonly Derivation[] = [leadSubmissions];
