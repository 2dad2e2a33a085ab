import type { Route } from '../../kernel/router.svelte.ts';

/** One thing worth knowing, with the key that does it. */
interface HelpTip {
  readonly text: string;
  /** As shortcuts are written: `g c`, `$mod+k`. */
  readonly keys?: string;
}
interface PageHelp {
  /** What the page is for, and what one does there. */
  readonly about: string;
  readonly tips: readonly HelpTip[];
}
interface TypeHelp {
  readonly about: string;
  /** What holds for this type alone, where its records are listed and shown. */
  readonly tip?: HelpTip;
}
type Kind = 'list' | 'new' | 'record' | 'edit';

/** Help in one language. Pages by their path; the pages that all record types have are told once, each type in a sentence of its own. */
export interface HelpTexts {
  readonly pages: Readonly<Record<string, PageHelp>>;
  readonly types: Readonly<Record<string, TypeHelp>>;
  readonly kinds: Readonly<Record<Kind, PageHelp>>;
}

/** What a reader is shown: paragraphs, then tips. */
interface Help {
  readonly about: readonly string[];
  readonly tips: readonly HelpTip[];
}

/** Which of the pages that every record type has it is. */
const kindOf = (path: string): Kind =>
  path.endsWith('/edit') ? 'edit' : path.endsWith('/new') ? 'new' : path.endsWith('/:id') ? 'record' : 'list';

/** @returns undefined for a page that nobody has written about: a test finds it */
export function helpOf({ path, given }: Pick<Route, 'path' | 'given'>, { pages, types, kinds }: HelpTexts): Help | undefined {
  const page = pages[path];
  if (page) return { about: [page.about], tips: page.tips };
  const type = types[given?.['type'] ?? ''];
  if (!type) return undefined;
  const kind = kindOf(path);
  const own = type.tip && (kind === 'list' || kind === 'record') ? [type.tip] : [];
  return { about: [type.about, kinds[kind].about], tips: [...own, ...kinds[kind].tips] };
}
