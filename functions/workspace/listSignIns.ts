import { can } from '../../shared/kernel/access.ts';
import { definitionOf } from '../../shared/registry.ts';
import { decidesOnPeople } from '../../shared/workspace/memberRules.ts';
import type { Context } from '../records/context.ts';
import type { Item } from '../table/failures.ts';
import { signInKey } from '../table/keys.ts';

interface SignInRow {
  readonly id: string;
  readonly at: string;
  readonly times: number;
  readonly address?: string;
}

/** The last sign-in of every member in the reader's reach; its address for those who decide about people, and one's own. */
export async function listSignIns(ctx: Context): Promise<SignInRow[]> {
  const items: Item[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await ctx.table.query({ pk: signInKey('').pk, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.last;
  } while (after);
  const definition = definitionOf('member');
  const seesAddress = (id: string): boolean => decidesOnPeople(ctx.actor) || id === ctx.actor.memberId;
  return items
    .filter(({ sk }) => can(ctx.actor, 'read', definition, { id: sk }))
    .map(({ sk, at, times, address }) => ({
      ...{ id: sk, at: String(at), times: Number(times) },
      ...(seesAddress(sk) ? { address: String(address) } : {}),
    }));
}
