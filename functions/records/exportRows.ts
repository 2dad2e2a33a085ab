import { can, maskRecord } from '../../shared/kernel/access.ts';
import { filterField } from '../../shared/kernel/filter.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { Field } from '../../shared/kernel/field.ts';
import { isId } from '../../shared/kernel/ids.ts';
import { ownField, type AnyRecord, type RecordDefinition, type Values } from '../../shared/kernel/record.ts';
import { cellOf, cellText, isReference, type Cell } from '../../shared/kernel/sheet.ts';
import { findDefinition } from '../../shared/registry.ts';
import { sortOf, type ExportRequest } from '../../shared/workspace/exportRequest.ts';
import { recordKey } from '../table/keys.ts';
import { typeOf, type Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';

/** A record as a file shows it, and what its place among the others follows from. */
export interface ExportRow {
  readonly cells: readonly Cell[];
  readonly by?: unknown;
}

const fieldIn = (definition: RecordDefinition, name: string): Field => filterField(definition, name)!;

function valueOf(definition: RecordDefinition, record: AnyRecord, name: string): unknown {
  const isDerived = !Object.hasOwn(definition.fields, name) && ownField(definition, name) !== undefined;
  const holder: Values = isDerived ? (record.derived ?? {}) : record;
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** Records as rows of the file that was asked for. */
export async function exportRows(ctx: Context, definition: RecordDefinition, records: readonly AnyRecord[], asked: ExportRequest) {
  const { columns, format, locale, sort } = asked;
  const by = sort === undefined ? undefined : sortOf(sort).column;
  const shown = [...new Set([...columns, ...(by === undefined ? [] : [by])])];
  const context = { locale, titles: await titlesIn(ctx, definition, records, shown) };
  const make = format === 'csv' ? cellText : cellOf;
  const sortedBy = (record: AnyRecord, name: string): unknown => {
    const [field, value] = [fieldIn(definition, name), valueOf(definition, record, name)];
    return (isReference(field) ? cellText(field, value, context) || undefined : value) ?? null;
  };
  return records.map((record): ExportRow => ({
    cells: columns.map((name) => make(fieldIn(definition, name), valueOf(definition, record, name), context)),
    ...(by === undefined ? {} : { by: sortedBy(record, by) }),
  }));
}

/** What records refer to, by its title, as far as the reader may read it. */
async function titlesIn(
  ctx: Context,
  definition: RecordDefinition,
  records: readonly AnyRecord[],
  columns: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Map<string, string>();
  for (const name of columns) {
    const field = fieldIn(definition, name);
    if (!isReference(field)) continue;
    const { to } = field;
    for (const id of records.flatMap((record) => valueOf(definition, record, name) ?? []))
      if (isId(id) && findDefinition(to)) wanted.set(id, to);
  }
  const items = await ctx.table.getMany([...wanted].map(([id, type]) => recordKey(type, id)));
  return new Map(
    items.flatMap((item): [string, string][] => {
      const type = typeOf(ctx, String(item['type']));
      const record = toRecord(type, item);
      // Who works here is known to everybody, as in every list.
      if (isRemoved(item) || (type.name !== 'member' && !can(ctx.actor, 'read', type, record))) return [];
      return [[record.id, String(maskRecord(ctx.actor, type, record)[type.title] ?? '')]];
    }),
  );
}

/** Kinds that a language orders; all others are ordered as their kind has it. */
const BY_NAME = new Set(['text', 'longText', 'ref', 'refs', 'email', 'url']);

/** The rows in the order that was asked for, blanks last; else as they were read. */
export function sortExport(definition: RecordDefinition, rows: ExportRow[], { sort, locale }: ExportRequest): ExportRow[] {
  if (sort === undefined) return rows;
  const { column, descending } = sortOf(sort);
  const field = fieldIn(definition, column);
  const kind = kindOf(field);
  const { compare: byName } = new Intl.Collator(locale, { numeric: true });
  const compare = BY_NAME.has(field.kind)
    ? (a: unknown, b: unknown) => byName(String(a), String(b))
    : (a: unknown, b: unknown) => kind.compare(a, b, field);
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
    return sign * compare(a.by, b.by);
  });
}
