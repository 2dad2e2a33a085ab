import { m } from '#messages';
import { activity, type Activity } from '../../../shared/activities/activity.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { definitionOfId, findDefinition } from '../../../shared/registry.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { newId } from '../kernel/newId.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { titleOf } from '../records/types.ts';
import { subjectOf, typeWord } from './activityWords.ts';
import { linksOf, type Links } from './links.ts';
import { work } from './work.svelte.ts';

/** Whom and what an activity on this record concerns, of all that this person may see. */
export function linksTo(record: AnyRecord): Links {
  return linksOf(definitionOfId(record.id)!.name, record, (type, id) => {
    const definition = findDefinition(type);
    if (!definition || !session.may('read', definition)) return false;
    const set = replica.type(type);
    // What is not here yet may still be seen.
    return set.state !== 'complete' || set.get(id) !== undefined;
  });
}

export const nameOf = (record: AnyRecord): string => titleOf(definitionOfId(record.id)!, record);

/**
 * Logs that something was done just now with a record. It can be taken back, and its outcome written where the record
 * is shown. Never throws: a failure is shown, and tried again with the same id, so that nothing is logged twice.
 */
export async function logActivity(record: AnyRecord, type: Activity['type']): Promise<void> {
  const id = newId(activity.idPrefix);
  const now = toInstant(clock.nowMs());
  const values = {
    ...{ subject: subjectOf(type, nameOf(record)), type, status: 'done', actualStart: now, actualEnd: now },
    ...linksTo(record),
  };
  await send();

  async function send(): Promise<void> {
    try {
      const made = await replica.create(activity.name, values, { id });
      work.logged = { activityId: id, recordId: record.id, type };
      const told = (): string => m.activities_logged({ type: typeWord(type) });
      if (session.may('delete', activity, made)) toasts.showUndo(told, takeBack);
      else toasts.show(told, { tone: 'good' });
    } catch (error) {
      reportError(error, send);
    }
  }

  async function takeBack(): Promise<void> {
    if (work.logged?.activityId === id) work.logged = undefined;
    await replica.remove(activity.name, id).send();
  }
}
