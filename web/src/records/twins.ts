import { kindOf } from '../../../shared/kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../../shared/kernel/record.ts';
import { foldText } from '../../../shared/kernel/text.ts';

/** Shorter names are many people's. */
const SHORTEST_NAME = 2;
const MOST = 3;

/** Whether a field says who a record is. */
export const tells = (definition: RecordDefinition, name: string): boolean =>
  name === definition.title || definition.fields[name]?.match === true || definition.fields[name]?.unique === true;

/** What says of a record who it is; a changed record is another object, so nothing here grows old. */
const known = new WeakMap<AnyRecord, ReadonlySet<string>>();

/** The name as it is written, folded, and the addresses and numbers by which the server knows possible duplicates. */
function signsOf(definition: RecordDefinition, values: Values): Set<string> {
  const signs = Object.entries(definition.fields).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || value === null || !(field.match || field.unique)) return [];
    return (kindOf(field).keys?.(value) ?? []).map((key) => `${name} ${foldText(key)}`);
  });
  const title = foldText(String(values[definition.title] ?? ''));
  return new Set([...signs, ...(title.length >= SHORTEST_NAME ? [`title ${title}`] : [])]);
}

/**
 * Records that a new one may already be: of the same name, or with an address or a number of its own.
 * @param values  as far as they are entered; what is not right yet is a sign of nobody
 */
export function twinsOf(definition: RecordDefinition, values: Values, rows: readonly AnyRecord[]): AnyRecord[] {
  const signs = signsOf(definition, values);
  if (!signs.size) return [];
  const found: AnyRecord[] = [];
  for (const row of rows) {
    let theirs = known.get(row);
    if (!theirs) known.set(row, (theirs = signsOf(definition, row)));
    if ([...signs].some((sign) => theirs.has(sign))) found.push(row);
    if (found.length === MOST) break;
  }
  return found;
}
