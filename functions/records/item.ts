import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { summaryOf, type AnyRecord, type RecordDefinition, type Values } from '../../shared/kernel/record.ts';
import type { Item } from '../table/failures.ts';
import { BIN, binPlace, byDue, byOwner, byParent, byType, recordKey } from '../table/keys.ts';

const DAY_SECONDS = 86_400;
/** How long a removed record stays in the bin. */
export const BIN_DAYS = 30;

/** What a record's item carries beside the record: who wrote it with which wish. */
export interface Stamp {
  readonly requestId: string;
  readonly writeId: string;
}

const SYSTEM = ['id', 'version', 'ownerId', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'] as const;

/** The fields of a record, without what the system adds. */
export function valuesOf(record: AnyRecord): Values {
  const {
    id: _id,
    version: _v,
    ownerId: _o,
    createdAt: _c,
    createdBy: _cb,
    updatedAt: _u,
    updatedBy: _ub,
    derived: _d,
    ...values
  } = record;
  return values;
}

const packedFields = (definition: RecordDefinition): string[] =>
  Object.entries(definition.fields)
    .filter(([, field]) => 'packed' in field && field.packed === true)
    .map(([name]) => name);

const mapped = (values: Values, names: readonly string[], change: (value: unknown) => unknown): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, names.includes(name) ? change(value) : value]));

/** As text and not as bytes: the stream speaks JSON, and bytes would come back from it in another form. */
const pack = (value: unknown): string => brotliCompressSync(JSON.stringify(value)).toString('base64');
const unpack = (stored: unknown): unknown => JSON.parse(brotliDecompressSync(Buffer.from(String(stored), 'base64')).toString());

/** The values whose changes make the history. */
export function historyOf(definition: RecordDefinition, record: AnyRecord): Values {
  const packed = packedFields(definition);
  return Object.fromEntries(Object.entries(valuesOf(record)).filter(([name]) => !packed.includes(name)));
}

/** The item that stores a record whole, with the keys of every list it stands in. */
export function toItem(definition: RecordDefinition, record: AnyRecord, stamp: Stamp): Item {
  const values = valuesOf(record);
  const { owner, parent, due } = definition.paths;
  const parentId = parent && values[parent];
  const dueAt = due && values[due];
  const system = Object.fromEntries(SYSTEM.map((name) => [name, record[name]]).filter(([, value]) => value !== undefined));
  return {
    ...recordKey(definition.name, record.id),
    ...system,
    ...stamp,
    type: definition.name,
    schema: definition.schema,
    summary: summaryOf(definition, values),
    data: mapped(values, packedFields(definition), pack),
    // What belongs to one reader stands in his list alone.
    ...(isPersonal(definition) ? {} : { tp: byType(definition.name) }),
    ...(owner && record.ownerId ? { op: byOwner(definition.name, record.ownerId) } : {}),
    ...(parentId ? { pp: byParent(String(parentId)) } : {}),
    ...(dueAt && record.ownerId ? { dp: byDue(definition.name, record.ownerId), due: String(dueAt) } : {}),
    ...(definition.keepDays ? { expiresAt: Math.floor(toMs(record.createdAt) / 1000) + definition.keepDays * DAY_SECONDS } : {}),
  };
}

/** Whether records of that type are their owners' own affair: nobody lists those of all. */
export const isPersonal = ({ access }: Pick<RecordDefinition, 'access'>): boolean => access.group === 'personal';

/**
 * A removed record: still whole, in no list but the bin's, gone for good when the bin is emptied. Its id is not free
 * meanwhile. What the product cleared away by itself is in no list at all: nobody would look for it.
 */
export function toBinItem(definition: RecordDefinition, record: AnyRecord, stamp: Stamp): Item {
  const { tp: _tp, op: _op, pp: _pp, dp: _dp, due: _due, ...item } = toItem(definition, record, stamp);
  const { updatedAt, updatedBy, version } = record;
  return {
    ...item,
    ...(updatedBy === SYSTEM_ACTOR.memberId ? {} : { dp: BIN, due: binPlace(updatedAt, version, updatedBy) }),
    removed: true,
    expiresAt: Math.floor(toMs(updatedAt) / 1000) + BIN_DAYS * DAY_SECONDS,
  } as unknown as Item;
}

export const isRemoved = (item: Item | undefined): boolean => item === undefined || item['removed'] === true;

/** The record an item stores, in today's shape whatever shape it was written in. */
export function toRecord(definition: RecordDefinition, item: Item, derived?: Item): AnyRecord {
  const data = mapped(item['data'] as Values, packedFields(definition), unpack);
  const schema = Number(item['schema'] ?? 1);
  const values = schema < definition.schema && definition.upgrade ? definition.upgrade(schema, data) : data;
  return {
    ...(Object.fromEntries(SYSTEM.map((name) => [name, item[name]]).filter(([, value]) => value !== undefined)) as unknown as AnyRecord),
    ...values,
    ...(derived ? { derived: derived['data'] as Values } : {}),
  };
}

/** Normalised values under which the record is unique (`hard`) or possibly the same as another. */
export function markersOf(definition: RecordDefinition, values: Values): { kind: string; field: string; value: string; hard: boolean }[] {
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || (!field.unique && !field.match)) return [];
    return [...new Set(kindOf(field).keys?.(value) ?? [])].map((key) => ({
      kind: `${definition.name}.${name}`,
      field: name,
      value: key,
      hard: field.unique === true,
    }));
  });
}
