import type { AccessGroup } from '../../../../shared/kernel/access.ts';
import type { Sensitivity } from '../../../../shared/kernel/field.ts';
import { REGISTRY } from '../../../../shared/registry.ts';
import { m } from '#messages';
import { labelOf, typeOf } from '../../records/types.ts';
import type { Option } from '../../ui/options.ts';

/** Sensitivities a role may be kept from; what is public is seen by whoever sees the record. */
export const SENSITIVITY_WORDS: Readonly<Record<Exclude<Sensitivity, 'public'>, () => string>> = {
  internal: m.company_mask_internal,
  personal: m.company_mask_personal,
  sensitive: m.company_mask_sensitive,
};

/** What there is to hide at all, and what the role hides already. Reactive. */
export function maskable(masks: readonly Sensitivity[] = []): [Exclude<Sensitivity, 'public'>, () => string][] {
  const inUse = new Set<Sensitivity | undefined>(masks);
  for (const { name } of REGISTRY) for (const { sensitivity } of Object.values(typeOf(name).fields)) inUse.add(sensitivity);
  return (Object.entries(SENSITIVITY_WORDS) as ReturnType<typeof maskable>).filter(([sensitivity]) => inUse.has(sensitivity));
}

/** Fields that may be edited in records of the group, each once by its first type's name for it. Reactive. */
export function fieldsOf(group: AccessGroup): Option[] {
  const found = new Map<string, Option>();
  for (const { name } of REGISTRY.filter(({ access }) => access.group === group)) {
    const type = typeOf(name);
    for (const [field, { readOnly, hidden }] of Object.entries(type.fields))
      if (!readOnly && !hidden && !found.has(field)) found.set(field, { value: field, label: labelOf(type, field) });
  }
  return [...found.values()];
}

/** What a reader calls these fields; one that is no more goes by its key. Reactive. */
export function fieldNames(group: AccessGroup, fields: readonly string[]): string[] {
  const known = fieldsOf(group);
  return fields.map((field) => known.find(({ value }) => value === field)?.label ?? field);
}
