import { m } from '#messages';
import { waiting } from '../kernel/waiting.svelte.ts';
import { confirm } from '../ui/confirm.svelte.ts';

/** Before a step that ends the session: whether what has not been sent may be lost. Asks only where something would be. */
export async function mayGiveUp(): Promise<boolean> {
  const count = waiting.edits.length;
  if (!count) return true;
  const text = (): string => m.shell_waiting_leave_text({ count });
  return confirm({ title: m.shell_waiting_leave, text, action: m.records_waiting_discard, danger: true });
}
