import type { Issue } from '../kernel/errors.ts';
import type { Plan, PlannedWrite } from '../kernel/plan.ts';
import type { AnyRecord, RecordDefinition, Values } from '../kernel/record.ts';
import { parseCreate, type Parsed } from '../kernel/schema.ts';
import { cutText } from '../kernel/text.ts';
import type { Instant } from '../kernel/types.ts';

/** What the lead becomes: a new record with these values over those of the lead, one that is there already, or none. */
export type Become = { readonly values: Values } | { readonly record: AnyRecord };

export interface ConvertChoice {
  readonly customer: Become;
  readonly contact: Become | undefined;
  /** Values over those of the lead; absent where no deal comes of it. */
  readonly opportunity: Values | undefined;
  readonly allowDuplicate: boolean;
}
type Made = 'customer' | 'contact' | 'opportunity';

export interface Conversion {
  readonly lead: AnyRecord;
  readonly choice: ConvertChoice;
  /** Of the records to be made. */
  readonly ids: Readonly<Record<Made, string>>;
  /** Who takes them; undefined: whoever converts. */
  readonly ownerId: string | undefined;
  readonly types: Readonly<Record<'lead' | Made, RecordDefinition>>;
  readonly now: Instant;
}

/**
 * A lead into a customer, a contact and a deal: one plan, whole or not at all. A firm's lead becomes the firm and the
 * person in it, a person's lead the person, twice: as the customer, and as whom to speak to there.
 * @returns issues under `customer.`, `contact.` and `opportunity.`
 */
export function planLeadConversion({ lead, choice, ids, ownerId, types, now }: Conversion): Parsed<Plan> {
  const { customer, contact, opportunity, allowDuplicate } = choice;
  const customerId = 'record' in customer ? customer.record.id : ids.customer;
  const contactId = contact && ('record' in contact ? contact.record.id : ids.contact);
  const issues: Issue[] = [];
  const create = (definition: RecordDefinition, id: string, defaults: Values, values: Values, fixed: Values): PlannedWrite[] => {
    const parsed = parseCreate(definition, { ...defaults, ...values, ...fixed });
    if (!parsed.ok) {
      issues.push(...parsed.issues.map((issue) => ({ ...issue, field: `${definition.name}.${issue.field}` })));
      return [];
    }
    const { ownerId: named, id: _id, ...parsedValues } = parsed.value as Values & { ownerId?: string; id?: string };
    // Read-only, so no body may hold it; where customer and deal came from is not the caller's to say.
    const origin = Object.hasOwn(definition.fields, 'leadIds') ? { leadIds: [lead.id] } : {};
    return [{ op: 'create', type: definition.name, id, ownerId: named ?? ownerId, values: { ...parsedValues, ...origin }, allowDuplicate }];
  };

  const writes: PlannedWrite[] = [
    ...('values' in customer
      ? create(types.customer, ids.customer, customerFrom(lead, types), customer.values, {})
      : [joined(customer.record, lead)]),
    ...(contact && 'values' in contact ? create(types.contact, ids.contact, contactFrom(lead, types), contact.values, { customerId }) : []),
    ...(opportunity
      ? create(types.opportunity, ids.opportunity, opportunityFrom(lead, types), opportunity, {
          customerId,
          ...(contactId ? { contactIds: [contactId] } : {}),
        })
      : []),
    {
      op: 'update',
      type: 'lead',
      id: lead.id,
      version: lead.version,
      change: {
        ...{ status: 'converted', convertedAt: now, customerId },
        ...(contactId ? { contactId } : {}),
        ...(opportunity ? { opportunityId: ids.opportunity } : {}),
      },
    },
  ];
  if (contact && 'record' in contact && contact.record['customerId'] !== customerId)
    issues.push({ field: 'contact.id', code: 'ref.ofAnother' });
  return issues.length ? { ok: false, issues } : { ok: true, value: { writes } };
}

function joined(customer: AnyRecord, lead: AnyRecord): PlannedWrite {
  const known = (customer['leadIds'] as readonly string[] | undefined) ?? [];
  return {
    op: 'update',
    type: 'customer',
    id: customer.id,
    version: customer.version,
    change: { leadIds: [...new Set([...known, lead.id])] },
  };
}

type Types = Conversion['types'];

function customerFrom(lead: AnyRecord, types: Types): Values {
  const { name, company, phones, emails, source, interest } = lead;
  return {
    ...sharedOwnFields(lead, types.lead, types.customer),
    name: company ?? name,
    form: company === undefined ? 'person' : 'organisation',
    ...present({ phones, emails, source, needs: interest }),
    relations: ['customer'],
  };
}

function contactFrom(lead: AnyRecord, types: Types): Values {
  const { name, position, phones, emails } = lead;
  return { ...sharedOwnFields(lead, types.lead, types.contact), name, ...present({ position, phones, emails }) };
}

const LONGEST_TITLE = 160;
const LONGEST_DESCRIPTION = 4000;

/** A deal is called after its customer and what he asked for. */
function opportunityFrom(lead: AnyRecord, types: Types): Values {
  const { name, company, source } = lead;
  const [interest, message] = [lead['interest'], lead['message']].map((text) => (typeof text === 'string' ? text : undefined));
  const title = [company ?? name, interest?.split('\n')[0]].filter((part) => part !== undefined).join(' · ');
  const description = [interest, message].filter((part) => part !== undefined).join('\n\n');
  return {
    ...sharedOwnFields(lead, types.lead, types.opportunity),
    title: cutText(title, LONGEST_TITLE),
    ...present({ source, description: description ? cutText(description, LONGEST_DESCRIPTION) : undefined }),
  };
}

/** Fields that a workspace added to both types under one key and of one kind mean the same. */
function sharedOwnFields(lead: AnyRecord, from: RecordDefinition, to: RecordDefinition): Values {
  const shared = Object.entries(to.fields).filter(
    ([name, field]) => name.startsWith('x_') && Object.hasOwn(from.fields, name) && from.fields[name]!.kind === field.kind,
  );
  return present(Object.fromEntries(shared.map(([name]) => [name, lead[name]])));
}

const present = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const CHANCE_LETTERS = 16;
const sameMade = (id: unknown, made: string): boolean =>
  typeof id === 'string' && id.slice(-CHANCE_LETTERS) === made.slice(-CHANCE_LETTERS);

/**
 * Whether a converted lead became just what this choice asks for: then asking again is a repeat. New records are known
 * by the chance part of their ids, which is made of lead and choice; the time part is that of the first call.
 */
export function isSameConversion(
  lead: AnyRecord,
  choice: {
    readonly customerId: string | undefined;
    readonly contactId: string | false | undefined;
    readonly withOpportunity: boolean;
  },
  ids: Conversion['ids'],
): boolean {
  const sameCustomer =
    choice.customerId === undefined ? sameMade(lead['customerId'], ids.customer) : lead['customerId'] === choice.customerId;
  const sameContact =
    choice.contactId === undefined
      ? sameMade(lead['contactId'], ids.contact)
      : lead['contactId'] === (choice.contactId === false ? undefined : choice.contactId);
  const made = lead['opportunityId'];
  return sameCustomer && sameContact && (choice.withOpportunity ? sameMade(made, ids.opportunity) : made === undefined);
}
