import type { Issue } from '../../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import type { Day, Money } from '../../../shared/kernel/types.ts';
import type { ConversionWish } from './conversion.svelte.ts';

/** What the dialog about a conversion holds: names as the server's issues call them. */
export interface ConversionDraft {
  into: 'new' | 'known';
  'customer.name': string;
  'customer.form': string;
  'customer.id': string;
  contact: 'new' | 'known' | 'none';
  'contact.name': string;
  'contact.position': string;
  'contact.id': string;
  withOpportunity: boolean;
  'opportunity.title': string;
  /** Empty: those that deals begin with. */
  'opportunity.pipelineId': string;
  'opportunity.stage': string;
  'opportunity.amount': Money | undefined;
  'opportunity.expectedEndOn': Day | undefined;
}

const LONGEST_TITLE = 160;
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What a lead says of itself; a deal is proposed where it says what it wants. @param sells  whether the reader may make one */
export function draftOf(lead: AnyRecord, sells: boolean): ConversionDraft {
  const company = text(lead['company']);
  const wanted = text(lead['interest']).split('\n')[0]!;
  return {
    into: 'new',
    'customer.name': company || text(lead['name']),
    'customer.form': company ? 'organisation' : 'person',
    'customer.id': '',
    contact: 'new',
    'contact.name': text(lead['name']),
    'contact.position': text(lead['position']),
    'contact.id': '',
    withOpportunity: sells && wanted !== '',
    'opportunity.title': [company || text(lead['name']), wanted].filter(Boolean).join(' · ').slice(0, LONGEST_TITLE),
    'opportunity.pipelineId': '',
    'opportunity.stage': '',
    'opportunity.amount': undefined,
    'opportunity.expectedEndOn': undefined,
  };
}

/** Contacts of a customer that is to be made are none yet. */
export const contactKind = ({ into, contact }: ConversionDraft): ConversionDraft['contact'] =>
  into === 'new' && contact === 'known' ? 'new' : contact;

/** What is missing now. */
export function checkDraft(draft: ConversionDraft): Issue[] {
  const kind = contactKind(draft);
  const needed: (keyof ConversionDraft)[] = [
    draft.into === 'new' ? 'customer.name' : 'customer.id',
    ...(kind === 'none' ? [] : [kind === 'new' ? ('contact.name' as const) : ('contact.id' as const)]),
    ...(draft.withOpportunity ? (['opportunity.title'] as const) : []),
  ];
  return needed.flatMap((field) => (text(draft[field]) ? [] : [{ field, code: 'field.required' }]));
}

/** The draft as the server takes it. */
export function wishOf(draft: ConversionDraft, allowDuplicate: boolean): ConversionWish {
  return {
    customer: draft.into === 'new' ? { name: draft['customer.name'].trim(), form: draft['customer.form'] } : { id: draft['customer.id'] },
    contact: contactOf(draft),
    ...(draft.withOpportunity ? { opportunity: opportunityOf(draft) } : {}),
    allowDuplicate,
  };
}

function contactOf(draft: ConversionDraft): Values | false {
  const kind = contactKind(draft);
  if (kind === 'none') return false;
  if (kind === 'known') return { id: draft['contact.id'] };
  const position = draft['contact.position'].trim();
  return { name: draft['contact.name'].trim(), ...(position ? { position } : {}) };
}

function opportunityOf(draft: ConversionDraft): Values {
  const { 'opportunity.amount': amount, 'opportunity.expectedEndOn': expectedEndOn } = draft;
  const { 'opportunity.pipelineId': pipelineId, 'opportunity.stage': stage } = draft;
  return {
    title: draft['opportunity.title'].trim(),
    ...(pipelineId ? { pipelineId } : {}),
    ...(stage ? { stage } : {}),
    ...(amount ? { amount } : {}),
    ...(expectedEndOn ? { expectedEndOn } : {}),
  };
}
