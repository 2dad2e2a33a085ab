import UserRoundPen from '@lucide/svelte/icons/user-round-pen';
import { m } from '#messages';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import { choosing } from '../kernel/atHand.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { session } from '../kernel/session.svelte.ts';
import type { Action } from '../ui/menu.ts';
import { change, changeAll } from './actions.ts';
import { mayWrite } from './types.ts';

/** One entry for each colleague who is still here; giving to whom it belongs already does nothing. */
function assignees(definition: RecordDefinition, records: readonly AnyRecord[]): Action[] {
  const give = (ownerId: string): void => {
    const others = records.filter((record) => record.ownerId !== ownerId);
    const [only] = others;
    if (!only) return;
    if (records.length > 1) void changeAll(definition, others, { ownerId });
    else change(definition, only, { ownerId }).catch((error: unknown) => reportError(error));
  };
  return (session.data?.members ?? [])
    .filter(({ active }) => active)
    .map(({ id, name }) => ({ title: () => name, current: records.every(({ ownerId }) => ownerId === id), run: () => give(id) }));
}

/** Asks for the new owner of those whose owner this person may change; undefined where there are none. */
export function assigning(definition: RecordDefinition, records: readonly AnyRecord[]): Action | undefined {
  const assignable = records.filter((record) => mayWrite(definition, 'ownerId', record));
  if (!assignable.length) return undefined;
  return choosing({ title: m.records_assign, icon: UserRoundPen, keys: 'a', choices: () => assignees(definition, assignable) });
}
