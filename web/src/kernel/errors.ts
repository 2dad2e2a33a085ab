import { m } from '#messages';
import { ApiError, NetworkError } from './api.ts';
import { toasts } from './toasts.svelte.ts';

type Params = Readonly<Record<string, unknown>>;

/** Codes worth their own words. All others get the words of their status. */
const WORDING: Record<string, (params: Params) => string> = {
  'input.invalid': () => m.kernel_error_input(),
  'record.notFound': () => m.kernel_error_not_found(),
  'record.stale': () => m.kernel_error_conflict(),
  'access.denied': () => m.kernel_error_forbidden(),
  'access.disabled': () => m.kernel_error_disabled(),
  'duplicate.possible': () => m.kernel_error_duplicate(),
  'workspace.readOnly': () => m.kernel_error_read_only(),
  'auth.credentials': () => m.kernel_error_credentials(),
  'auth.token': () => m.kernel_error_token(),
  'auth.closed': () => m.kernel_error_sign_up_closed(),
};

/** Words for codes that only some pages meet; their chunks bring them along. */
export function addErrorWords(words: Readonly<Record<string, (params: Params) => string>>): void {
  Object.assign(WORDING, words);
}

/** What happened and what to do, in the reader's words. Call it in markup, so that it follows the language. */
export function describeError(error: unknown): string {
  if (error instanceof NetworkError) return m.kernel_error_network();
  if (!(error instanceof ApiError)) return m.kernel_error_unknown();
  const words = WORDING[error.code];
  if (words) return words(error.params);
  switch (error.status) {
    case 401:
      return m.kernel_error_signed_out();
    case 403:
      return m.kernel_error_forbidden();
    case 404:
    case 410:
      return m.kernel_error_not_found();
    case 409:
    case 412:
    case 428:
      return m.kernel_error_conflict();
    case 429:
      return m.kernel_error_busy();
    case 400:
    case 413:
    case 422:
      return m.kernel_error_input();
    default:
      return error.requestId ? m.kernel_error_server({ requestId: error.requestId }) : m.kernel_error_unknown();
  }
}

/** The one place that shows a failure nobody else shows. An abort is no failure. */
export function reportError(error: unknown, retry?: () => void | Promise<void>): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  toasts.show(() => describeError(error), {
    tone: 'bad',
    ...(retry ? { action: { title: m.kernel_retry, run: retry } } : {}),
  });
}
