import { m } from '#messages';
import { LARGEST_FILE_BYTES } from '../../../../shared/workspace/recordFile.ts';
import { describeError } from '../../kernel/errors.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';

const KB = 1024;

/** `340 KB`, `1.2 MB`; small ones count as one. */
export function sizeText(bytes: number): string {
  const { number } = i18n.formats;
  return bytes < KB * KB ? `${number(Math.max(1, Math.round(bytes / KB)))} KB` : `${number(bytes / (KB * KB), 1)} MB`;
}

const FAULTS: Readonly<Record<string, () => string>> = {
  'file.empty': m.collaboration_file_empty,
  'file.tooLarge': () => m.collaboration_file_too_large({ size: sizeText(LARGEST_FILE_BYTES) }),
  'file.kind': m.collaboration_file_kind,
  'file.contents': m.collaboration_file_contents,
  'file.mixed': m.collaboration_file_mixed,
  'file.macros': m.collaboration_file_macros,
  'file.virus': m.collaboration_file_virus,
  'file.name.path': m.collaboration_file_name,
  'file.name.tooLong': m.collaboration_file_name_long,
  'file.name.disguised': m.collaboration_file_disguised,
  'text.characters': m.collaboration_file_name,
  'text.empty': m.collaboration_file_name,
};

/** Why a file was not taken. Call it in markup, so that it follows the language. */
export function describeFault(fault: unknown): string {
  if (typeof fault !== 'string') return describeError(fault);
  return (FAULTS[fault] ?? m.collaboration_file_refused)();
}
