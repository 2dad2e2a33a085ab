/** The little XML that S3 speaks. */
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const characters: Record<string, string> = Object.fromEntries(Object.entries(entities).map(([c, name]) => [name, c]));

/** An element around text (escaped) or around finished elements (an array). */
export function element(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? escapeText(content) : content.join('')}</${name}>`;
}

export function xmlDocument(root: string, content: readonly string[], { namespace = true } = {}): string {
  const attribute = namespace ? ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${content.join('')}</${root}>`;
}

/** The inner texts of all elements of this name, not decoded; knows neither attributes' contents nor nesting of one name. */
export function innerTexts(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs'))].map((match) => match[1]!);
}

export function unescapeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|\w+);/gi, (entity, hex?: string, decimal?: string) =>
    hex || decimal ? String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)) : (characters[entity] ?? entity),
  );
}

function escapeText(text: string): string {
  // Control characters and carriage returns would not survive a parser otherwise.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[&<>"']|[\u0000-\u0008\u000b-\u001f]/g, (c) => entities[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}
