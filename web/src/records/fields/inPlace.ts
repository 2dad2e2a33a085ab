import { tick } from 'svelte';
import { sameValue } from '../../../../shared/kernel/diff.ts';
import type { Issue } from '../../../../shared/kernel/errors.ts';
import type { RecordDefinition, Values } from '../../../../shared/kernel/record.ts';
import { parsePatch } from '../../../../shared/kernel/schema.ts';

/* What fields that are written where they stand, on a record's page and in a list's cells, have in common. */

const OPENS = new Set(['choice', 'ref']);

/** Puts the focus into the control that has just come, and opens a list to choose from: the press was for that. */
export async function enterControl(
  box: () => HTMLElement | undefined,
  kind: string,
  options: FocusOptions = {},
): Promise<HTMLElement | undefined> {
  await tick();
  // A word that can be removed has a button before the field.
  const first = ['input, textarea, [role="combobox"]', 'button']
    .map((selector) => box()?.querySelector<HTMLElement>(selector))
    .find((element) => element);
  first?.focus(options);
  if (OPENS.has(kind)) first?.click();
  return first ?? undefined;
}

/** Whether the focus has gone elsewhere: not within the control, nor into a calendar that floats, nor out of the window. */
export function isLeft(box: HTMLElement | undefined, { relatedTarget: next }: FocusEvent): boolean {
  if (!(next instanceof Element)) return document.hasFocus();
  return !box?.contains(next) && !next.closest('[data-bits-floating-content-wrapper]');
}

/** Whether a key is somebody else's: of the writing of a word, or taken already. */
export const isTaken = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229 || event.defaultPrevented;

/** What a draft changes of the record: nothing, something, or what is wrong with it. */
export function changeBy(
  definition: RecordDefinition,
  name: string,
  draft: unknown,
  before: unknown,
): { readonly change?: Values; readonly issue?: Issue } {
  const next = draft ?? null;
  if (sameValue(next ?? undefined, before)) return {};
  const change = { [name]: next };
  const parsed = parsePatch(definition, change);
  return parsed.ok ? { change } : { issue: parsed.issues[0]! };
}
