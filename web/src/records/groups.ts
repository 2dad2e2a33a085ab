import { m } from '#messages';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { fieldOf, visibleFields } from './types.ts';

export interface FieldGroup {
  readonly id: 'reach' | 'about' | 'texts' | 'own';
  readonly title: () => string;
  readonly fields: readonly string[];
}

const REACH = new Set(['phone', 'phones', 'email', 'emails', 'url', 'address']);

/**
 * The fields of a type as forms and record pages show them: how it is reached, what it is, what this workspace has
 * added, and what is written about it. The order within is the declaration's.
 */
export function groupsOf(definition: RecordDefinition): FieldGroup[] {
  const groupOf = (name: string): FieldGroup['id'] => {
    const { kind } = fieldOf(definition, name);
    if (name.startsWith('x_')) return 'own';
    if (REACH.has(kind)) return 'reach';
    return kind === 'longText' ? 'texts' : 'about';
  };
  const visible = visibleFields(definition).filter((name) => name !== definition.title);
  const about = [...visible.filter((name) => groupOf(name) === 'about'), ...(definition.paths.owner ? ['ownerId'] : [])];
  const of = (id: FieldGroup['id']) => visible.filter((name) => groupOf(name) === id);
  return (
    [
      { id: 'reach', title: m.records_group_reach, fields: of('reach') },
      { id: 'about', title: m.records_group_about, fields: about },
      { id: 'own', title: m.records_group_own, fields: of('own') },
      { id: 'texts', title: m.records_group_texts, fields: of('texts') },
    ] as const
  ).filter(({ fields }) => fields.length > 0);
}
