import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { checkDraft, draftOf, wishOf } from '../../web/src/leads/conversionDraft.ts';

const lead = (values: Record<string, unknown>) => ({ id: 'lea_1', ...values }) as AnyRecord;
const lotus = lead({ name: 'Li Lei', company: 'Lotus Tea', position: 'Buyer', interest: '50 kg a month\nand a grinder' });

describe('the draft of a conversion', () => {
  it('proposes a deal where the lead says what it wants, named after both', () => {
    expect(draftOf(lotus, true)).toMatchObject({ withOpportunity: true, 'opportunity.title': 'Lotus Tea · 50 kg a month' });
    expect(draftOf(lead({ name: 'Li Lei' }), true)).toMatchObject({ withOpportunity: false, 'opportunity.title': 'Li Lei' });
    expect(draftOf(lotus, false).withOpportunity).toBe(false);
  });

  it('takes a person without a firm for the customer', () => {
    expect(draftOf(lead({ name: 'Li Lei' }), true)).toMatchObject({ 'customer.name': 'Li Lei', 'customer.form': 'person' });
  });

  it('becomes what the server takes', () => {
    const draft = {
      ...draftOf(lotus, true),
      'opportunity.amount': { minor: 100, currency: 'CNY' },
      'opportunity.expectedEndOn': '2026-12-01',
    };

    expect(wishOf(draft, false)).toEqual({
      customer: { name: 'Lotus Tea', form: 'organisation' },
      contact: { name: 'Li Lei', position: 'Buyer' },
      opportunity: {
        title: 'Lotus Tea · 50 kg a month',
        amount: { minor: 100, currency: 'CNY' },
        expectedEndOn: '2026-12-01',
      },
      allowDuplicate: false,
    });
  });

  it('goes into what is there already', () => {
    const draft = {
      ...draftOf(lotus, false),
      into: 'known' as const,
      'customer.id': 'cus_1',
      contact: 'known' as const,
      'contact.id': 'con_1',
    };

    expect(wishOf(draft, true)).toEqual({ customer: { id: 'cus_1' }, contact: { id: 'con_1' }, allowDuplicate: true });
  });

  it('makes a contact anew when the customer whose contact was chosen is not the one any more', () => {
    const draft = { ...draftOf(lotus, false), contact: 'known' as const, 'contact.id': 'con_1' };

    expect(wishOf(draft, false).contact).toEqual({ name: 'Li Lei', position: 'Buyer' });
  });

  it('says what is missing, and nothing of what is not wanted', () => {
    const blank = { ...draftOf(lead({}), true), withOpportunity: true };

    expect(checkDraft(blank).map(({ field }) => field)).toEqual(['customer.name', 'contact.name', 'opportunity.title']);
    expect(checkDraft({ ...blank, into: 'known', contact: 'none', withOpportunity: false }).map(({ field }) => field)).toEqual([
      'customer.id',
    ]);
  });
});
