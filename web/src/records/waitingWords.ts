import { m } from '#messages';
import type { Values } from '../../../shared/kernel/record.ts';
import { ownField } from '../../../shared/kernel/record.ts';
import { ApiError } from '../kernel/api.ts';
import { describeError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { wordIssue } from '../kernel/issues.ts';
import type { WaitingEdit } from '../kernel/outbox/queue.ts';
import type { Edit } from '../kernel/replica/send.ts';
import { hasPages, hrefOf, labelOf, typeOf } from './types.ts';

/** What a waiting edit does, in words. Call it in markup, so that it follows the language. */
export function wordEdit({ edit }: WaitingEdit): string {
  switch (edit.kind) {
    case 'create':
      return m.records_waiting_create();
    case 'update':
      return m.records_waiting_update({ fields: labels(edit.type, Object.keys(edit.change)) });
    case 'remove':
      return m.records_waiting_remove();
    case 'restore':
      return m.records_waiting_restore();
    default:
      return edit satisfies never;
  }
}

/** Why it was set aside; nothing for one that waits. */
export function wordReasons({ edit, refusal, conflict }: WaitingEdit): string[] {
  if (conflict) return [m.records_waiting_conflict({ fields: labels(edit.type, conflict.fields) })];
  if (!refusal) return [];
  const issues = refusal.issues.map((issue) =>
    m.records_waiting_issue({ field: labels(edit.type, [issue.field.split('.')[0]!]), issue: wordIssue(issue) }),
  );
  const typed = refusal.issues.flatMap(({ field }) => {
    const value = typedIn(edit)[field];
    return typeof value === 'string' || typeof value === 'number' ? [m.records_waiting_typed({ value })] : [];
  });
  return issues.length ? [...issues, ...typed] : [describeError(new ApiError(refusal.status, { ...refusal, issues: [...refusal.issues] }))];
}

/** The form in which its values can be corrected; undefined where there is none. */
export function correctionOf({ edit, refusal }: WaitingEdit): string | undefined {
  if (!refusal || !hasPages(edit.type)) return undefined;
  const query = `waiting=${edit.key}`;
  if (edit.kind === 'create') return `${hrefOf(edit.type)}/new?${query}`;
  return edit.kind === 'update' ? `${hrefOf(edit.type, edit.id)}/edit?${query}` : undefined;
}

const typedIn = (edit: Edit): Values => (edit.kind === 'create' ? edit.values : edit.kind === 'update' ? edit.change : {});

/** A field that has gone meanwhile goes by its own name. */
function labels(type: string, names: readonly string[]): string {
  const definition = typeOf(type);
  return i18n.formats.list(names.map((name) => (name === 'ownerId' || ownField(definition, name) ? labelOf(definition, name) : name)));
}
