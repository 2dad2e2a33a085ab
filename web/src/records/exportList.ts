import { m } from '#messages';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import type { ExportFormat } from '../../../shared/workspace/exportRequest.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { api } from '../kernel/connection.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { newId } from '../kernel/newId.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { download } from './csv.ts';
import { typeLabel } from './types.ts';

/** What is to become a file, as lists and the server both know it. */
interface Asked {
  readonly format: ExportFormat;
  readonly columns: readonly string[];
  readonly filter?: unknown;
  readonly q?: string;
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
  // Wanted on the page that the toast leads to, and counted in the user's menu meanwhile.
  replica.type('job');
  toasts.show(m.notifications_export_begun, { action: { title: m.notifications_export_see, run: () => void router.goto('/jobs') } });
}

/**
 * Hands records that are here to the user as a file, once the log of the workspace knows of it: without a connection there
 * is none.
 * @param text  of the file, made when it may be handed over
 */
export async function exportHere(definition: RecordDefinition, count: number, text: () => string): Promise<void> {
  try {
    await api.post('audit/exports', { id: newId('aud'), recordType: definition.name, count }, { repeatable: true });
  } catch (error) {
    return reportError(error, () => exportHere(definition, count, text));
  }
  download(definition, i18n.formats.today(clock.now), text());
}
