import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Action } from '../../shared/kernel/access.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import type { Database } from '../table/database.ts';
import type { Problem } from './problem.ts';

/**
 * Header of the access epoch by which an answer was decided. A caller sends back the newest he has seen: containers
 * remember rights for a while, and he must not be answered by older ones after newer.
 */
export const ACCESS_EPOCH = 'x-access-epoch';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Who may call a route at all; rights over the single record are the use case's first question. */
export type RouteAccess =
  | { readonly kind: 'public' }
  /** Any member of the workspace. */
  | { readonly kind: 'member' }
  | { readonly kind: 'record'; readonly type: string; readonly action: Action };

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Parsed JSON, or the raw text of another type. */
  readonly body: unknown;
  readonly contentType: string;
  readonly now: Instant;
  readonly requestId: string;
  /** Address of the caller, for budgets; believed from the edge only when it proves itself. */
  readonly address: string;
  readonly db: Database;
}

export interface Answer {
  readonly status: number;
  /** JSON; text where a header says of which type; bytes likewise. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

interface Described {
  readonly method: Method;
  /** From `/api/v1`, with `{name}` for a segment. */
  readonly path: string;
  readonly summary: string;
  /** What it takes and answers, for the API's description; a record's own operations are described by its declaration. */
  readonly api?: () => RouteApi;
}
/** An open route gets the request alone: it has to find out for itself whose workspace it serves. */
export interface PublicRoute extends Described {
  readonly access: { readonly kind: 'public' };
  /** Scripts of pages anywhere may call it, without cookies or other credentials. */
  readonly anyOrigin?: true;
  /** What went wrong, as a page for a person; undefined where a program asks. */
  readonly problemPage?: (problem: Problem, headers: Request['headers']) => Answer | undefined;
  readonly run: (request: Request) => Promise<Answer>;
}
export interface MemberRoute extends Described {
  readonly access: Exclude<RouteAccess, { kind: 'public' }>;
  readonly run: (ctx: Context, request: Request) => Promise<Answer>;
}
export type Route = PublicRoute | MemberRoute;

export type HttpEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } } };
};

const PARAMETER = /^\{(\w+)\}$/;

/** The route of a path and its parameters; `methods` names what the path would take when the method does not fit. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | { methods: Method[] } {
  const segments = path.split('/');
  const fitting = routes.flatMap((route) => {
    const pattern = route.path.split('/');
    if (pattern.length !== segments.length) return [];
    const params: Record<string, string> = {};
    const fits = pattern.every((part, i) => {
      const [, name] = PARAMETER.exec(part) ?? [];
      if (name) params[name] = segments[i]!;
      return name ? segments[i] !== '' : part === segments[i];
    });
    return fits ? [{ route, params }] : [];
  });
  // A named segment goes before a parameter: `/customers/query` is no record.
  const ranked = fitting.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  return ranked.find(({ route }) => route.method === method) ?? { methods: [...new Set(ranked.map(({ route }) => route.method))] };
}
