import { m } from '#messages';
import type { TimelineRow } from '../../../shared/kernel/plan.ts';
import { findDefinition, definitionOf } from '../../../shared/registry.ts';
import { FILE_ADDED, FILE_REMOVED } from '../../../shared/workspace/recordFile.ts';
import { extended } from './extensions.svelte.ts';
import { fieldOf, labelOf, typeLabel } from './types.ts';
import { textOf } from './values.ts';

/** What a row of a timeline says, in the reader's language. */
export function timelineText({ code, params = {} }: TimelineRow, type: string): string {
  const about = String(params['type'] ?? type);
  const words = extended.of(type).timeline[code] ?? extended.of(about).timeline[code];
  if (words) return words(params);
  if (code === FILE_ADDED) return m.collaboration_timeline_file_added({ name: String(params['name']) });
  if (code === FILE_REMOVED) return m.collaboration_timeline_file_removed({ name: String(params['name']) });
  if (code === 'record.created' && findDefinition(about))
    return m.records_timeline_created({ type: typeLabel(definitionOf(about), 'one') });
  if (code === 'record.restored' && findDefinition(about))
    return m.records_timeline_restored({ type: typeLabel(definitionOf(about), 'one') });
  if (code === 'record.changed' && findDefinition(about)) {
    const definition = definitionOf(about);
    const name = String(params['field']);
    const word = (value: unknown): string => textOf(fieldOf(definition, name), value) || m.records_nothing();
    return m.records_timeline_changed({ field: labelOf(definition, name), from: word(params['from']), to: word(params['to']) });
  }
  return m.records_timeline_other();
}
