import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { REGISTRY } from '../../../shared/registry.ts';
import { hasPages, may, typeOf } from './types.ts';

/** Types whose records stand under records of this one, its own type last: a customer's contacts, leads, and customers below it. */
export const relatedTypes = (definition: RecordDefinition): { type: RecordDefinition; by: string }[] =>
  REGISTRY.toSorted((a, b) => Number(a.name === definition.name) - Number(b.name === definition.name)).flatMap(
    ({ name, paths, fields }) => {
      const parent = paths.parent === undefined ? undefined : fields[paths.parent];
      const under = parent && 'to' in parent && parent.to === definition.name;
      return under && hasPages(name) && may('read', typeOf(name)) ? [{ type: typeOf(name), by: paths.parent! }] : [];
    },
  );
