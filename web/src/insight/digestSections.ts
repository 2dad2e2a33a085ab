import { m } from '#messages';
import type { DigestContents } from '../../../shared/insight/digest.ts';
import type { Total } from '../../../shared/insight/digestFigures.ts';
import { wording } from '../../../shared/kernel/types.ts';
import type { Money } from '../../../shared/kernel/types.ts';
import { LEAD_STATUSES } from '../../../shared/leads/lead.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { typeOf } from '../records/types.ts';
import { optionLabel } from '../records/values.ts';

/** A record that a digest names. */
export interface SectionRow {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly detail: string;
  /** Its state, as a word. */
  readonly mark: string;
  readonly ownerId?: string | undefined;
}
export interface Section {
  readonly title: string;
  /** How many there were; only some are named. */
  readonly total: number;
  readonly rows: readonly SectionRow[];
}

const money = (value: Money | undefined): string => (value ? i18n.formats.money(value) : '');
const statusOf = (key: string): string => {
  const status = LEAD_STATUSES.find((each) => each.key === key);
  return status ? wording(status.label, i18n.locale) : key;
};

/** What is named, what is worth most first, as in the mail. */
export function sectionsOf(contents: DigestContents, total: Total): Section[] {
  const leads = (event: DigestContents['leads'][number]['event']): SectionRow[] =>
    contents.leads
      .filter((lead) => lead.event === event)
      .map(({ id, name, company = '', status, ownerId }) => ({
        ...{ id, href: `/leads/${id}`, name, detail: company, mark: statusOf(status), ownerId },
      }));
  const opportunities = (event: DigestContents['opportunities'][number]['event']): SectionRow[] =>
    contents.opportunities
      .filter((one) => one.event === event)
      .map(({ id, name, amount, stage, ownerId }) => {
        const mark = event === 'moved' || event === 'new' ? optionLabel(typeOf('opportunity').fields['stage']!, String(stage)) : '';
        return { id, href: `/opportunities/${id}`, name, detail: money(amount), mark, ownerId };
      });
  const orders = contents.orders.map(({ id, name, customer, amount, ownerId }) => ({
    ...{ id, href: `/orders/${id}`, name, detail: [customer, money(amount)].filter(Boolean).join(' · '), mark: '', ownerId },
  }));
  const risks = contents.risks.map(({ id, customerId, name, value, isNew, ownerId }) => ({
    ...{ id, href: `/customers/${customerId}`, name, detail: money(value), mark: isNew ? m.digest_risk_new() : '', ownerId },
  }));
  const customers = contents.customers.map(({ id, name, ownerId }) => ({
    ...{ id, href: `/customers/${id}`, name, detail: '', mark: '', ownerId },
  }));
  return [
    { title: m.digest_section_won(), total: total.wonOpportunities, rows: opportunities('won') },
    { title: m.digest_section_orders(), total: total.orders, rows: orders },
    { title: m.digest_section_risks(), total: total.risks, rows: risks },
    { title: m.digest_section_lost(), total: total.lostOpportunities, rows: opportunities('lost') },
    { title: m.digest_section_opportunities(), total: total.newOpportunities, rows: opportunities('new') },
    { title: m.digest_section_converted(), total: total.convertedLeads, rows: leads('converted') },
    { title: m.digest_section_customers(), total: total.newCustomers, rows: customers },
    { title: m.digest_section_new(), total: total.newLeads, rows: leads('new') },
    { title: m.digest_section_moved(), total: total.movedOpportunities, rows: opportunities('moved') },
    { title: m.digest_section_working(), total: total.workingLeads, rows: leads('working') },
  ].filter(({ rows }) => rows.length);
}
