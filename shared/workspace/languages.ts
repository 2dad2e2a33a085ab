import type { Values } from '../kernel/record.ts';
import { LOCALES, type Locale } from '../kernel/types.ts';

/** What is asked here of a workspace, wherever it was read from. */
type Spoken = Values | { readonly languages?: unknown; readonly language?: unknown };

/** The languages that a company offers its people; one that has not chosen offers all that the product speaks. */
export function offeredLanguages({ languages }: Spoken): readonly Locale[] {
  const chosen = LOCALES.filter((each) => Array.isArray(languages) && languages.includes(each));
  return chosen.length ? chosen : LOCALES;
}

/** Those that somebody may choose from: what is offered, and the one he has, which goes on working after it was withdrawn. */
export function languagesFor(workspace: Spoken, own: unknown): readonly Locale[] {
  const offered = offeredLanguages(workspace);
  return LOCALES.filter((each) => each === own || offered.includes(each));
}

/** The company's own: of members who have said nothing, of pages and mails to people outside of it. */
export function standardLanguage(workspace: Spoken): Locale {
  const offered = offeredLanguages(workspace);
  return offered.find((each) => each === workspace.language) ?? offered[0]!;
}

/** Whether a company that offers its languages so may give somebody this one, who has `before` now. */
export const isLanguageOpen = (workspace: Spoken, language: unknown, before?: unknown): boolean =>
  language === before || (offeredLanguages(workspace) as readonly unknown[]).includes(language);
