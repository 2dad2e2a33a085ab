import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import type { Rights } from '../../shared/kernel/access.ts';
import type { RoleSeen } from '../../shared/workspace/memberRules.ts';
import type { TenantTable } from '../table/tenantTable.ts';

export type Person = Values & { readonly id: string };

/** Members and roles as they stand at this moment, for decisions that half a minute of delay would spoil. */
export async function readPeople(table: TenantTable): Promise<{ members: Person[]; roles: Map<string, RoleSeen> }> {
  const [members, roles] = await Promise.all([readCopies(table, 'member'), readCopies(table, 'role')]);
  return {
    members,
    roles: new Map(roles.map(({ id, key, rights }) => [id, { key: key as string | undefined, rights: rights as Rights }])),
  };
}

/** What decides about rights, of one type, as it stands at this moment. */
export async function readCopies(table: TenantTable, kind: string): Promise<Person[]> {
  const found: Person[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: 'CFG', startsWith: `${kind}#`, consistent: true, ...(after ? { after } : {}) });
    found.push(...page.items.map((item) => ({ ...(item['data'] as Values), id: String(item['id']) })));
    after = page.last;
  } while (after);
  return found;
}

export const roleOf = ({ roles }: { roles: ReadonlyMap<string, RoleSeen> }, member: Values | AnyRecord): RoleSeen | undefined =>
  roles.get(String(member['roleId']));
