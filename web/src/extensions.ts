import type { RecordExtension } from './records/extensions.svelte.ts';

/** What domains add to the generic screens of their record types, by type; each is a chunk fetched with the first such screen. */
export const extensions: Readonly<Record<string, () => Promise<{ default: RecordExtension }>>> = {
  lead: () => import('./leads/leadExtension.ts'),
  submission: () => import('./leads/submissionExtension.ts'),
};
