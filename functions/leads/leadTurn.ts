import { nextInTurn } from '../../shared/leads/leadAssignment.ts';
import type { Context } from '../records/context.ts';
import { ConditionFailed } from '../table/failures.ts';
import { settingKey } from '../table/keys.ts';
import { ifEquals } from '../table/tenantTable.ts';

const TURN = settingKey('turn', 'leads');
const FIRST = { expression: 'attribute_not_exists(#last)', names: { '#last': 'last' } };
const MOST_TRIES = 50;

/**
 * Gives the next turn to one of the candidates; of callers that ask at once each gets another turn.
 * Outside of the write that uses it: a turn that comes to nothing costs its holder one lead, a lock on all posts would
 * cost everybody.
 */
export async function takeTurn({ table }: Pick<Context, 'table'>, candidates: readonly string[]): Promise<string | undefined> {
  for (let round = 1; ; round++) {
    const last = (await table.get(TURN, { consistent: true }))?.['last'] as string | undefined;
    const next = nextInTurn(candidates, last);
    if (next === undefined) return undefined;
    try {
      await table.update({ update: TURN, set: { last: next }, if: last === undefined ? FIRST : ifEquals('last', last) });
      return next;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (round >= MOST_TRIES) return next; // rather a turn too many for somebody than a lead for nobody
    }
  }
}
