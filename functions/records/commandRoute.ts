import { AppError, invalid } from '../../shared/kernel/errors.ts';
import type { Action } from '../../shared/kernel/access.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { MemberRoute, Request } from '../runtime/route.ts';
import type { Context } from './context.ts';

/** What a route of one record is, beside where it stands. */
interface Command {
  /** `POST` where it says nothing. */
  readonly method?: MemberRoute['method'];
  /** The right that lets in at all, over the route's own type where it names no other; the use case asks for more. */
  readonly access: Action | { readonly type: string; readonly action: Action };
  readonly summary: string;
  readonly api: MemberRoute['api'] & {};
  /** Of an answer that has a body: 200 where it says nothing. */
  readonly status?: number;
  /** @returns the answer's body; undefined for one without, which is a 204 */
  readonly run: (ctx: Context, id: string, request: Request) => Promise<unknown>;
}

/**
 * A route of one record, or of what stands under it.
 * @param rest  of its path, behind the record's id: `/confirm`, `/notes/{noteId}`
 */
export function commandRoute(
  type: string,
  rest: `/${string}`,
  { method = 'POST', access, status = 200, run, ...described }: Command,
): MemberRoute {
  return {
    method,
    path: `/${segmentOf(definitionOf(type))}/{id}${rest}`,
    access: { kind: 'record', ...(typeof access === 'string' ? { type, action: access } : access) },
    ...described,
    run: async (ctx, request) => {
      const body = await run(ctx, request.params['id']!, request);
      return body === undefined ? { status: 204 } : { status, body };
    },
  };
}

/** @throws AppError version.missing (428): whoever changes a record says which one he saw */
export function versionOf({ headers }: Pick<Request, 'headers'>): number {
  const given = headers['if-match']?.trim().replace(/^"(.*)"$/, '$1');
  if (given === undefined) throw new AppError('version.missing', { status: 428 });
  if (!/^[1-9]\d{0,9}$/.test(given)) throw invalid([{ field: 'If-Match', code: 'version.invalid' }]);
  return Number(given);
}
