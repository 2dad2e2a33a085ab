import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { can, maskRecord } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import { isId, makeId } from '../../shared/kernel/ids.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import { isSameConversion, planLeadConversion, type Become } from '../../shared/leads/leadConversion.ts';
import { typeOf, type Context } from '../records/context.ts';
import { commitPlan, getRecord, loadForChange } from '../records/operations.ts';

export interface Converted {
  readonly lead: AnyRecord;
  readonly customer: AnyRecord;
  /** Absent where none was wanted. */
  readonly contact?: AnyRecord;
}

type Wanted = { readonly id: string } | { readonly values: Values };
interface Wish {
  readonly customer: Wanted;
  readonly contact: Wanted | false;
  readonly allowDuplicate: boolean;
}

const MOST_TRIES = 3;

/**
 * Makes a customer and a contact of a lead, or adds it to those that are there, in one transaction. The ids of what is
 * made follow from lead and wish, so asking again for the same finds what was made.
 * @param version  of the lead, as the caller saw it
 * @throws AppError lead.converted (409) when it became something else; duplicate.possible (409); record.stale (409);
 *   input.invalid (400) with issues under `customer.` and `contact.`; access.denied (403)
 */
export async function convertLead(ctx: Context, id: string, version: number, body: unknown): Promise<Converted> {
  const wish = readWish(body);
  const ids = idsFor(ctx, id, wish);
  for (let round = 1; ; round++) {
    const lead = await loadForChange(ctx, typeOf(ctx, 'lead'), id);
    if (!can(ctx.actor, 'update', typeOf(ctx, 'lead'), lead)) throw forbidden();
    if (lead['status'] === 'converted') return findConverted(ctx, lead, wish, ids);
    try {
      return await convert(ctx, { ...lead, version }, wish, ids);
    } catch (error) {
      if (!(isNoConflict(error, id) && round < MOST_TRIES)) throw error;
    }
  }
}

/** The customer it joins was changed meanwhile, or somebody else was quicker to convert it: both are looked at anew. */
function isNoConflict(error: unknown, leadId: string): boolean {
  if (!(error instanceof AppError) || error.code !== 'record.stale') return false;
  const stands = error.params?.['record'] as AnyRecord;
  return stands.id !== leadId || stands['status'] === 'converted';
}

async function convert(ctx: Context, lead: AnyRecord, wish: Wish, ids: { customer: string; contact: string }): Promise<Converted> {
  const types = { lead: typeOf(ctx, 'lead'), customer: typeOf(ctx, 'customer'), contact: typeOf(ctx, 'contact') };
  const become = async (type: 'customer' | 'contact', wanted: Wanted): Promise<Become> =>
    'id' in wanted ? { record: await loadNamed(ctx, type, wanted.id) } : wanted;
  const choice = {
    customer: await become('customer', wish.customer),
    contact: wish.contact ? await become('contact', wish.contact) : undefined,
    allowDuplicate: wish.allowDuplicate,
  };
  // Who keeps the lead keeps what becomes of it, as long as he is there.
  const ownerId = lead.ownerId && ctx.activeMembers.has(lead.ownerId) ? lead.ownerId : undefined;
  const planned = planLeadConversion({ lead, choice, ids, ownerId, types, now: ctx.now });
  if (!planned.ok) throw invalid(planned.issues);
  const written = await commitPlan(ctx, planned.value);
  const of = (type: 'lead' | 'customer' | 'contact', stood: Become | undefined): AnyRecord | undefined => {
    const record =
      written.find(({ id }) => id.startsWith(`${types[type].idPrefix}_`)) ?? (stood && 'record' in stood ? stood.record : undefined);
    return record && maskRecord(ctx.actor, types[type], record);
  };
  const contact = of('contact', choice.contact);
  return { lead: of('lead', undefined)!, customer: of('customer', choice.customer)!, ...(contact ? { contact } : {}) };
}

/** A record that the caller names: out of his reach it is not there, and that is a fault of his input. */
async function loadNamed(ctx: Context, type: string, id: string): Promise<AnyRecord> {
  try {
    return await loadForChange(ctx, typeOf(ctx, type), id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'record.notFound') throw invalid([{ field: `${type}.id`, code: 'ref.notFound' }]);
    throw error;
  }
}

async function findConverted(ctx: Context, lead: AnyRecord, wish: Wish, ids: { customer: string; contact: string }): Promise<Converted> {
  const customerId = 'id' in wish.customer ? wish.customer.id : undefined;
  const contactId = wish.contact && ('id' in wish.contact ? wish.contact.id : undefined);
  if (!isSameConversion(lead, { customerId, contactId }, ids)) {
    const made = { customerId: lead['customerId'], ...(lead['contactId'] ? { contactId: lead['contactId'] } : {}) };
    throw new AppError('lead.converted', { status: 409, params: made });
  }
  const [customer, contact] = await Promise.all([
    getRecord(ctx, 'customer', String(lead['customerId'])),
    lead['contactId'] === undefined ? undefined : getRecord(ctx, 'contact', String(lead['contactId'])),
  ]);
  return { lead: maskRecord(ctx.actor, typeOf(ctx, 'lead'), lead), customer, ...(contact ? { contact } : {}) };
}

const fields = () => z.record(z.string(), z.unknown(), 'input.object');
const wishShape = () =>
  z.strictObject(
    {
      customer: z.optional(fields()),
      contact: z.optional(z.union([z.literal(false), fields()], 'input.object')),
      allowDuplicate: z.optional(z.boolean('boolean.expected')),
    },
    'input.object',
  );

function readWish(body: unknown): Wish {
  const parsed = parseWith(wishShape(), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  const { customer = {}, contact = {}, allowDuplicate = false } = parsed.value;
  return {
    customer: wantedOf('customer', 'cus', customer),
    contact: contact === false ? false : wantedOf('contact', 'con', contact, ['customerId']),
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
  const refused = names.filter((name) => name === 'id' || ours.includes(name));
  if (refused.length) throw invalid(refused.map((name) => ({ field: `${field}.${name}`, code: 'field.unknown' })));
  return { values: given };
}

function idsFor(ctx: Context, leadId: string, { customer, contact }: Wish): { customer: string; contact: string } {
  const hash = createHash('sha256')
    .update(JSON.stringify(inOrder([leadId, customer, contact])))
    .digest();
  const at = toMs(ctx.now);
  return { customer: makeId('cus', at, hash), contact: makeId('con', at, hash.subarray(10)) };
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
