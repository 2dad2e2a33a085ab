/**
 * The seam check: no request that serves one workspace names a key of another, in the table or in an index. It stands
 * around the database of nearly every test of functions; a leak fails the request and, should the product swallow that,
 * the test (isolationCheck.ts).
 */
import type { Database } from '../../functions/table/database.ts';
import { tableSchema } from '../../infra/tableSchema.ts';
import { partsOf, type Part } from './commands.ts';

/** What a piece of work may touch. */
export interface Allowed {
  /** Its workspaces; absent: any one, but never two in one request. `named`: those that a door opened on the way has named. */
  readonly tenants?: readonly string[] | 'named';
  /** Doors: `P#…`, keys that lead to a workspace. */
  readonly doors?: boolean;
  /** Due work of all workspaces: `W#…`. */
  readonly dueWork?: boolean;
}

/** Every leak so far; empty but for tests of this very check, which take theirs away. */
export const leaks: string[] = [];

const HASHES = [tableSchema.partitionKey, ...tableSchema.indexes.map((index) => index.partitionKey)] as const;
const tenantIn = (key: string): string | undefined => /^T#([^#]+)#/.exec(key)?.[1];

/** The database as that piece of work may use it. */
export function isolated(db: Database, { tenants, doors = false, dueWork = false }: Allowed): Database {
  const named = new Set<string>();
  const mayTouch = (tenant: string): boolean =>
    tenants === undefined || (tenants === 'named' ? named.has(tenant) : tenants.includes(tenant));
  const isAllowed = (key: string): boolean => {
    const tenant = tenantIn(key);
    if (tenant !== undefined) return mayTouch(tenant);
    return (doors && key.startsWith('P#')) || (dueWork && key.startsWith('W#'));
  };

  const send = async (command: unknown): Promise<unknown> => {
    const parts = partsOf(command);
    const keys = (parts ?? []).flatMap(hashKeysOf);
    const touched = new Set(keys.map(tenantIn).filter((tenant) => tenant !== undefined));
    if (!parts || !keys.length || touched.size > 1 || !keys.every(isAllowed)) {
      const leak = `${(command as object).constructor.name} of ${tenants?.toString() ?? 'any one workspace'}: ${keys.join(' ')}`;
      leaks.push(leak);
      throw new Error(`not allowed: ${leak}`);
    }
    const answer: unknown = await db.send(command as never);
    if (keys.some((key) => key.startsWith('P#'))) tenantsIn(answer).forEach((tenant) => named.add(tenant));
    return answer;
  };
  return { ...db, send: send as Database['send'] };
}

/** Values of partition keys that a part names: its own, those of the index entries it writes, and where a page goes on. */
function hashKeysOf(part: Part): string[] {
  const stated = [part.Key, part.Item, part.ExclusiveStartKey].flatMap((holder) =>
    HASHES.flatMap((name) => (typeof holder?.[name] === 'string' ? [holder[name]] : [])),
  );
  const alias = (name: string): string => part.ExpressionAttributeNames?.[name] ?? name;
  const compared = [...`${part.KeyConditionExpression ?? ''} ${part.UpdateExpression ?? ''}`.matchAll(/([#\w]+) = (:\w+)/g)]
    .filter(([, name]) => (HASHES as readonly string[]).includes(alias(name!)))
    .map(([, , value]) => String(part.ExpressionAttributeValues?.[value!]));
  return [...stated, ...compared];
}

/** Workspaces that opened doors lead to. A person's doors are one row for each, under its name. */
function tenantsIn(answer: unknown): string[] {
  const {
    Item,
    Items = [],
    Attributes,
  } = answer as Record<'Item' | 'Attributes', Record<string, unknown>> & { Items?: Record<string, unknown>[] };
  return [Item, Attributes, ...Items].flatMap((door) =>
    door === undefined ? [] : [String(door['tenant'] ?? (String(door['pk']).startsWith('P#subject#') ? door['sk'] : ''))],
  );
}
