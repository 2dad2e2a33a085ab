import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { REGISTRY } from '../../../shared/registry.ts';
import { pointingAt, type Related } from './pointingAt.ts';
import { hasPages, may, typeOf, visibleFields } from './types.ts';

/** What names records of this type, as far as this reader may look at it. */
export const relatedTo = (definition: RecordDefinition): Related[] =>
  pointingAt(
    definition,
    REGISTRY.filter((type) => hasPages(type.name)).map((type) => typeOf(type.name)),
  ).filter(({ type, by }) => may('read', type) && visibleFields(type).includes(by));
