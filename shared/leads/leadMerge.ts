import type { RecordDefinition, Values } from '../kernel/record.ts';

/** What a new submission adds to a lead that is known already: fields that stand empty, and never a word over another. */
export const fillsOf = (definition: RecordDefinition, lead: Values, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => Object.hasOwn(definition.fields, name) && (lead[name] === undefined || lead[name] === null)),
  );
