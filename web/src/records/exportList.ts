import { m } from '#messages';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import type { ExportFormat } from '../../../shared/workspace/exportRequest.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { api } from '../kernel/connection.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { newId } from '../kernel/newId.ts';
import { router } from '../kernel/router.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { typeLabel } from './types.ts';

/** What is to become a file, as lists and the server both know it. */
interface Asked {
  readonly format: ExportFormat;
  readonly columns: readonly string[];
  readonly filter?: unknown;
  readonly sort?: string;
}

/** Has the server write a list into a file, which goes on while one works on; its page shows how far it is. */
export async function exportInBackground(definition: RecordDefinition, asked: Asked): Promise<void> {
  const name = `${typeLabel(definition, 'many')} ${i18n.formats.today(clock.now)}`;
  const body = { id: newId('job'), recordType: definition.name, name, locale: i18n.locale, ...asked };
  try {
    await api.post('jobs/export', body, { repeatable: true });
  } catch (error) {
    return reportError(error);
  }
  toasts.show(m.notifications_export_begun, { action: { title: m.notifications_export_see, run: () => void router.goto('/jobs') } });
}
