import { m } from '#messages';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { ApiError } from '../kernel/api.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { fieldOf, labelOf } from './types.ts';
import { textOf } from './values.ts';

/** Long enough to read it and to copy what was typed. */
const SHOWN_MS = 30_000;

/** Own fields of a form that an administrator has removed while it was open; none when something else was wrong, too. */
export function removedFields(error: unknown): string[] {
  if (!(error instanceof ApiError) || !error.issues.length) return [];
  const fields = error.issues.flatMap(({ field, code }) => (code === 'field.unknown' && field.startsWith('x_') ? [field] : []));
  return fields.length === error.issues.length ? fields : [];
}

/** Says that a field has gone, and what was typed into it, which can be copied. @param definition  the type as it was with the field */
export function tellRemoved(definition: RecordDefinition, name: string, typed: unknown): void {
  const value = textOf(fieldOf(definition, name), typed);
  const field = labelOf(definition, name);
  if (!value) return;
  toasts.show(() => m.records_field_removed({ field, value }), {
    durationMs: SHOWN_MS,
    action: { title: m.records_field_removed_copy, run: () => navigator.clipboard.writeText(value) },
  });
}
