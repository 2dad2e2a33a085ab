import type { Values } from '../kernel/record.ts';
import type { Locale } from '../kernel/types.ts';
import { offeredLanguages, standardLanguage } from './languages.ts';
import type { Logo } from './logo.ts';

/** What a company shows of itself to people who are not signed in. */
export interface Brand {
  readonly name: string;
  readonly logo?: Logo;
  readonly languages: readonly Locale[];
  readonly language: Locale;
}

export function brandOf(workspace: Values | undefined): Brand {
  const { name, logo } = workspace ?? {};
  return {
    name: String(name ?? ''),
    ...(logo === undefined ? {} : { logo: logo as Logo }),
    languages: offeredLanguages(workspace ?? {}),
    language: standardLanguage(workspace ?? {}),
  };
}
