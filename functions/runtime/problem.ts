import type { AppError } from '../../shared/kernel/errors.ts';

/** RFC 9457, with a stable code and the issues of the input; the reader's side words them. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly params?: Record<string, unknown>;
  readonly issues?: AppError['issues'];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function toProblem(
  { code, status, params, issues }: Pick<AppError, 'code' | 'status' | 'params' | 'issues'>,
  requestId: string,
): Problem {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    code,
    requestId,
    ...(params ? { params } : {}),
    ...(issues ? { issues } : {}),
  };
}
