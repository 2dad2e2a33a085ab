/** A stretch of a note as it is drawn. */
export type NotePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'mention'; readonly text: string };

/** Web addresses alone: of all that an address may begin with, nothing else is safe to click. */
const ADDRESS = /https?:\/\/[^\s<>"“”‘’「」『』（）【】，。；、！？]+/gi;
/** Marks that end the sentence around an address rather than the address. */
const TRAILING = /[.,;:!?'*_]$/;

/**
 * Takes a note apart: addresses become links, the names of those it mentions stand out, all else is text.
 * @param names  names of the mentioned, as they are written after an `@`
 */
export function notePartsOf(text: string, names: readonly string[]): NotePart[] {
  const parts: NotePart[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const url = withoutTrailing(found);
    if (!URL.canParse(url)) continue;
    parts.push(...mentionsIn(text.slice(at, index), names), { kind: 'link', text: url, url });
    at = index + url.length;
  }
  return [...parts, ...mentionsIn(text.slice(at), names)];
}

/** A bracket at the end belongs to the address only where it was opened in it. */
function withoutTrailing(address: string): string {
  let url = address;
  for (;;) {
    const closes = url.endsWith(')') && url.split(')').length > url.split('(').length;
    if (!closes && !TRAILING.test(url)) return url;
    url = url.slice(0, -1);
  }
}

/** The longest name first: one person's may begin with another's. */
function mentionsIn(text: string, names: readonly string[]): NotePart[] {
  const marks = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length);
  const parts: NotePart[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const mark = marks.find((each) => text.startsWith(each, at));
    if (mark === undefined) continue;
    if (at > from) parts.push({ kind: 'text', text: text.slice(from, at) });
    parts.push({ kind: 'mention', text: mark });
    from = at + mark.length;
    at = from - 1;
  }
  return from < text.length ? [...parts, { kind: 'text', text: text.slice(from) }] : parts;
}

/** Those of the chosen whose names are still written. */
export const stillMentioned = (text: string, chosen: ReadonlyMap<string, string>): string[] =>
  [...chosen].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id);

const LONGEST_QUERY = 30;

/**
 * What is being typed after an `@`, up to the caret; undefined where nobody is being mentioned. An address of mail is
 * no mention: a letter or digit before the `@` tells.
 */
export function mentionQuery(text: string, caret: number): { readonly at: number; readonly query: string } | undefined {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || caret - at > LONGEST_QUERY || /[A-Za-z0-9._%+-]/.test(text.charAt(at - 1))) return undefined;
  const query = text.slice(at + 1, caret);
  return /[\n@]|\s{2}/.test(query) ? undefined : { at, query };
}
