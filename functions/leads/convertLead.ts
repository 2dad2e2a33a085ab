import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { isSameConversion, planLeadConversion, type Become } from '../../shared/leads/leadConversion.ts';
import { typeOf, type Context } from '../records/context.ts';
import { commitPlan, getRecord, loadForChange } from '../records/operations.ts';
import { idsFor, readWish, type ConversionIds, type ConversionWish, type Wanted } from './conversionWish.ts';

export interface Converted {
  readonly lead: AnyRecord;
  readonly customer: AnyRecord;
  /** Absent where none was wanted. */
  readonly contact?: AnyRecord;
  readonly opportunity?: AnyRecord;
}

const MOST_TRIES = 3;

/**
 * Makes a customer, a contact and, where wanted, a deal of a lead, or adds it to the customer and the contact that are
 * there, in one transaction. The ids of what is made follow from lead and wish, so asking again for the same finds what
 * was made.
 * @param version  of the lead, as the caller saw it
 * @throws AppError lead.converted (409) when it became something else; duplicate.possible (409); record.stale (409);
 *   input.invalid (400) with issues under `customer.`, `contact.` and `opportunity.`; access.denied (403)
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

async function convert(ctx: Context, lead: AnyRecord, wish: ConversionWish, ids: ConversionIds): Promise<Converted> {
  const types = {
    lead: typeOf(ctx, 'lead'),
    customer: typeOf(ctx, 'customer'),
    contact: typeOf(ctx, 'contact'),
    opportunity: typeOf(ctx, 'opportunity'),
  };
  const become = async (type: 'customer' | 'contact', wanted: Wanted): Promise<Become> =>
    'id' in wanted ? { record: await loadNamed(ctx, type, wanted.id) } : wanted;
  const choice = {
    customer: await become('customer', wish.customer),
    contact: wish.contact ? await become('contact', wish.contact) : undefined,
    opportunity: wish.opportunity || undefined,
    allowDuplicate: wish.allowDuplicate,
  };
  // Who keeps the lead keeps what becomes of it, as long as he is there.
  const ownerId = lead.ownerId && ctx.activeMembers.has(lead.ownerId) ? lead.ownerId : undefined;
  const planned = planLeadConversion({ lead, choice, ids, ownerId, types, now: ctx.now });
  if (!planned.ok) throw invalid(planned.issues);
  const written = await commitPlan(ctx, planned.value);
  const of = (type: keyof typeof types, stood?: Become): AnyRecord | undefined => {
    const record =
      written.find(({ id }) => id.startsWith(`${types[type].idPrefix}_`)) ?? (stood && 'record' in stood ? stood.record : undefined);
    return record && maskRecord(ctx.actor, types[type], record);
  };
  const [contact, opportunity] = [of('contact', choice.contact), of('opportunity')];
  return {
    lead: of('lead')!,
    customer: of('customer', choice.customer)!,
    ...(contact ? { contact } : {}),
    ...(opportunity ? { opportunity } : {}),
  };
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

async function findConverted(ctx: Context, lead: AnyRecord, wish: ConversionWish, ids: ConversionIds): Promise<Converted> {
  const customerId = 'id' in wish.customer ? wish.customer.id : undefined;
  const contactId = wish.contact && ('id' in wish.contact ? wish.contact.id : undefined);
  if (!isSameConversion(lead, { customerId, contactId, withOpportunity: wish.opportunity !== false }, ids)) {
    const { customerId: customer, contactId: contact, opportunityId: opportunity } = lead;
    const made = {
      customerId: customer,
      ...(contact ? { contactId: contact } : {}),
      ...(opportunity ? { opportunityId: opportunity } : {}),
    };
    throw new AppError('lead.converted', { status: 409, params: made });
  }
  const made = (type: 'contact' | 'opportunity') => {
    const id = lead[`${type}Id`];
    return id === undefined ? undefined : getRecord(ctx, type, String(id));
  };
  const [customer, contact, opportunity] = await Promise.all([
    getRecord(ctx, 'customer', String(lead['customerId'])),
    made('contact'),
    made('opportunity'),
  ]);
  return {
    lead: maskRecord(ctx.actor, typeOf(ctx, 'lead'), lead),
    customer,
    ...(contact ? { contact } : {}),
    ...(opportunity ? { opportunity } : {}),
  };
}
