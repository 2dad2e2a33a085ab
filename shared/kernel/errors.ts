/** One thing wrong with the caller's input. `field` is a dotted path, `code` a stable dotted name that the browser words. */
export interface Issue {
  readonly field: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

interface AppErrorOptions {
  /** HTTP status the shells answer with; 400 unless said otherwise. */
  status?: number;
  /** For logs and developers; never shown to a user, so never holds contact data. */
  message?: string;
  params?: Record<string, unknown>;
  issues?: readonly Issue[];
  cause?: unknown;
}

/**
 * The one error a caller may see. Everything else that is thrown counts as a fault of ours: logged whole, shown as
 * `internal`. The code is stable and dotted (`opportunity.close.lossReasonMissing`); wording belongs to the reader's side.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown> | undefined;
  readonly issues: readonly Issue[] | undefined;

  constructor(code: string, options: AppErrorOptions = {}) {
    super(options.message ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 400;
    this.params = options.params;
    this.issues = options.issues;
  }
}

/** All issues at once, so that a form is mended in one round. */
export const invalid = (issues: readonly Issue[]): AppError => new AppError('input.invalid', { status: 400, issues });

/** The same answer for "is not there" and "is not yours": existence is not given away. */
export const notFound = (): AppError => new AppError('record.notFound', { status: 404 });

export const forbidden = (code = 'access.denied'): AppError => new AppError(code, { status: 403 });
