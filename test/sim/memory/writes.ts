/** Put, update, delete and condition check of one item: what each would write, decided before anything is written. */
import { tableSchema } from '../../../infra/tableSchema.ts';
import { parseCondition, Placeholders } from './expression.ts';
import { sizeOfItem, toStoredItem, type StoredItem } from './item.ts';
import { refuse } from './refusals.ts';
import type { PrimaryKey } from './store.ts';
import { parseUpdate } from './update.ts';

const MOST_ITEM_BYTES = 400 * 1024;

export interface WriteInput {
  readonly Item?: object;
  readonly Key?: object;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: object;
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write, understood and found sound as far as that needs no stored item. */
export interface PreparedWrite {
  readonly kind: WriteKind;
  readonly key: PrimaryKey;
  readonly holds: (stood: StoredItem | undefined) => boolean;
  /** @throws when the result is no item the table takes */
  readonly result: (stood: StoredItem | undefined) => StoredItem | undefined;
}

export function prepareWrite(kind: WriteKind, input: WriteInput): PreparedWrite {
  const placeholders = new Placeholders(
    input.ExpressionAttributeNames,
    input.ExpressionAttributeValues && (toStoredItem(input.ExpressionAttributeValues) as StoredItem),
  );
  const condition = input.ConditionExpression === undefined ? undefined : parseCondition(input.ConditionExpression, placeholders);
  const update = kind === 'Update' ? parseUpdate(input.UpdateExpression ?? '', placeholders) : undefined;
  const put = kind === 'Put' ? assertItem(toStoredItem(input.Item ?? {})) : undefined;
  placeholders.assertAllUsed();
  const key = put ? assertKey({ pk: put['pk'], sk: put['sk'] }) : assertKey(input.Key);
  return {
    kind,
    key,
    holds: (stood) => condition?.(stood) ?? true,
    result: (stood) => {
      if (kind === 'ConditionCheck') return stood;
      if (put) return put;
      if (!update) return undefined;
      const next = update(stood ?? toStoredItem(key));
      if (next['pk'] !== key.pk || next['sk'] !== key.sk) throw refuse('Cannot update attribute. This attribute is part of the key');
      return assertItem(next);
    },
  };
}

/** @throws ValidationException for keys the table does not take; Error for attributes beside the key */
export function assertKey(given: object | undefined): PrimaryKey {
  const { pk, sk, ...rest } = (given ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length) throw refuse('The provided key element does not match the schema');
  if (typeof pk !== 'string' || typeof sk !== 'string') throw refuse('The provided key element does not match the schema');
  if (!pk || !sk) throw refuse('One or more parameter values are not valid: an empty string value');
  if (Buffer.byteLength(pk) > 2048 || Buffer.byteLength(sk) > 1024) throw refuse('Size of a key has exceeded the size limit');
  return { pk, sk };
}

function assertItem(item: StoredItem): StoredItem {
  if (sizeOfItem(item) > MOST_ITEM_BYTES) throw refuse('Item size has exceeded the maximum allowed size');
  for (const { partitionKey, sortKey } of tableSchema.indexes)
    for (const name of [partitionKey, sortKey]) {
      const value = item[name];
      if (value !== undefined && (typeof value !== 'string' || value === '')) throw refuse(`Type mismatch for Index Key ${name}`);
    }
  return item;
}
