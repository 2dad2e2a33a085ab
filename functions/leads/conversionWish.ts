import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { toMs } from '../../shared/kernel/dates.ts';
import { invalid } from '../../shared/kernel/errors.ts';
import { isId, makeId } from '../../shared/kernel/ids.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import type { Conversion } from '../../shared/leads/leadConversion.ts';
import type { Context } from '../records/context.ts';

/** A record that is there, or fields of a new one over those of the lead. */
export type Wanted = { readonly id: string } | { readonly values: Values };
export type ConversionIds = Conversion['ids'];
/** What somebody wants a lead to become. */
export interface ConversionWish {
  readonly customer: Wanted;
  readonly contact: Wanted | false;
  readonly opportunity: Values | false;
  readonly allowDuplicate: boolean;
}

const fields = () => z.record(z.string(), z.unknown(), 'input.object');
const wishShape = () =>
  z.strictObject(
    {
      customer: z.optional(fields()),
      contact: z.optional(z.union([z.literal(false), fields()], 'input.object')),
      opportunity: z.optional(z.union([z.literal(false), fields()], 'input.object')),
      allowDuplicate: z.optional(z.boolean('boolean.expected')),
    },
    'input.object',
  );

/** @throws AppError input.invalid (400) */
export function readWish(body: unknown): ConversionWish {
  const parsed = parseWith(wishShape(), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  const { customer = {}, contact = {}, opportunity = false, allowDuplicate = false } = parsed.value;
  return {
    customer: wantedOf('customer', 'cus', customer),
    contact: contact === false ? false : wantedOf('contact', 'con', contact, ['customerId']),
    opportunity: opportunity === false ? false : newOne('opportunity', opportunity, ['customerId', 'contactIds']),
    allowDuplicate,
  };
}

/** `{id}` alone names a record that is there; ids of new ones are made here, and so is what binds them together. */
function wantedOf(field: string, prefix: string, given: Values, ours: readonly string[] = []): Wanted {
  const names = Object.keys(given);
  if (names.length === 1 && names[0] === 'id') {
    if (!isId(given['id'], prefix)) throw invalid([{ field: `${field}.id`, code: 'id.invalid' }]);
    return { id: given['id'] };
  }
  return { values: newOne(field, given, ours) };
}

function newOne(field: string, given: Values, ours: readonly string[]): Values {
  const refused = Object.keys(given).filter((name) => name === 'id' || ours.includes(name));
  if (refused.length) throw invalid(refused.map((name) => ({ field: `${field}.${name}`, code: 'field.unknown' })));
  return given;
}

const ID_BYTES = 10;

/** Ids of what may be made, of lead and wish: the same wish again makes the same ones, but for the time in them. */
export function idsFor(ctx: Context, leadId: string, { customer, contact, opportunity }: ConversionWish): ConversionIds {
  const hash = createHash('sha256')
    .update(JSON.stringify(inOrder([leadId, customer, contact, ...(opportunity ? [opportunity] : [])])))
    .digest();
  const at = toMs(ctx.now);
  return {
    customer: makeId('cus', at, hash),
    contact: makeId('con', at, hash.subarray(ID_BYTES)),
    opportunity: makeId('opp', at, hash.subarray(2 * ID_BYTES)),
  };
}

/** The same value for the same contents, in whatever order its parts were written. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, part]) => [name, inOrder(part)]),
        )
      : value;
