import { AppError, invalid } from '../../shared/kernel/errors.ts';
import type { Request } from '../runtime/route.ts';

/**
 * Names and values in the order they were sent, from either encoding a browser can send without files.
 * @throws AppError form.multipart, form.contentType (415); input.invalid (400) for JSON that is no object
 */
export function readPairs({ body, contentType }: Pick<Request, 'body' | 'contentType'>): (readonly [string, unknown])[] {
  if (contentType === 'application/x-www-form-urlencoded') return typeof body === 'string' ? urlEncoded(body) : [];
  if (contentType === 'application/json') {
    if (body === null || typeof body !== 'object' || Array.isArray(body)) throw invalid([{ field: '', code: 'input.object' }]);
    return Object.entries(body);
  }
  throw new AppError(contentType === 'multipart/form-data' ? 'form.multipart' : 'form.contentType', {
    status: 415,
    params: { accepted: ['application/x-www-form-urlencoded', 'application/json'] },
  });
}

/** More than any form has: so many are read of a body of nothing but ampersands, and then refused as too many. */
const MOST_PAIRS = 100;

const urlEncoded = (text: string): (readonly [string, string])[] =>
  text
    .split('&')
    .filter(Boolean)
    .slice(0, MOST_PAIRS)
    .map((pair) => {
      const at = pair.indexOf('=');
      return [decode(at < 0 ? pair : pair.slice(0, at)), at < 0 ? '' : decode(pair.slice(at + 1))] as const;
    });

/** Old Chinese sites send GBK, whatever their form says; `URLSearchParams` would turn every such letter into U+FFFD. */
function decode(part: string): string {
  const octets = Buffer.from(part.replaceAll('+', ' ')).toString('latin1');
  const bytes = Buffer.from(
    octets.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
