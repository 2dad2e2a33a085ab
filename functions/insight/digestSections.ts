import * as m from '#messages';
import type { DigestContents } from '../../shared/insight/digest.ts';
import type { Total } from '../../shared/insight/digestFigures.ts';
import type { Field } from '../../shared/kernel/field.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { shaped } from '../../shared/kernel/shape.ts';
import type { Money } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import { withoutLinks, type Block } from '../services/mailLayout.ts';
import type { DigestReader } from './digestMail.ts';
import { moneyText } from './digestWords.ts';

interface Row {
  readonly path: string;
  readonly name: string;
  readonly notes: readonly (string | undefined)[];
  readonly ownerId?: string | undefined;
}

/** The records that are named, each with a way to it; what is worth most stands first. */
export function recordBlocks(contents: DigestContents, total: Total, { site, locale, shape }: DigestReader): Block[] {
  const words = { locale };
  const { stage: stages } = shaped(definitionOf('opportunity'), shape).fields as { stage: Field };
  const stageName = (key: string | undefined) => key && kindOf(stages).toText(key, stages, words);
  const ownerName = new Map(contents.people.map(({ memberId, name }) => [memberId, name]));
  const money = (value: Money | undefined) => value && moneyText(value, locale);
  const section = (title: string, count: number, rows: readonly Row[]): Block[] =>
    rows.length
      ? [
          {
            kind: 'links',
            title,
            items: rows.map(({ path, name, notes, ownerId }) => ({
              // Whoever fills in a form chooses his name and his firm's.
              title: withoutLinks(name),
              url: `${site}/${path}`,
              note: [...notes, ownerName.get(ownerId ?? '')].filter(Boolean).join(' · '),
            })),
            ...(count > rows.length ? { more: m.digest_more({ count: count - rows.length }, words) } : {}),
          },
        ]
      : [];
  const leads = (event: DigestContents['leads'][number]['event']): Row[] =>
    contents.leads
      .filter((lead) => lead.event === event)
      .map(({ id, name, company, ownerId }) => ({ path: `leads/${id}`, name, notes: [company && withoutLinks(company)], ownerId }));
  const opportunities = (event: DigestContents['opportunities'][number]['event']): Row[] =>
    contents.opportunities
      .filter((one) => one.event === event)
      .map(({ id, name, amount, stage, ownerId }) => {
        const notes = [event === 'moved' ? stageName(stage) : undefined, money(amount)];
        return { path: `opportunities/${id}`, name, notes, ownerId };
      });
  const orders = contents.orders.map(({ id, name, customer, amount, ownerId }) => ({
    path: `orders/${id}`,
    name,
    notes: [customer && withoutLinks(customer), money(amount)],
    ownerId,
  }));
  const risks = contents.risks.map(({ customerId, name, isNew, value, ownerId }) => ({
    path: `customers/${customerId}`,
    name,
    notes: [isNew ? m.digest_risk_new({}, words) : undefined, money(value)],
    ownerId,
  }));
  const customers = contents.customers.map(({ id, name, ownerId }) => ({ path: `customers/${id}`, name, notes: [], ownerId }));
  return [
    ...section(m.digest_section_won({}, words), total.wonOpportunities, opportunities('won')),
    ...section(m.digest_section_orders({}, words), total.orders, orders),
    ...section(m.digest_section_risks({}, words), total.risks, risks),
    ...section(m.digest_section_lost({}, words), total.lostOpportunities, opportunities('lost')),
    ...section(m.digest_section_opportunities({}, words), total.newOpportunities, opportunities('new')),
    ...section(m.digest_section_converted({}, words), total.convertedLeads, leads('converted')),
    ...section(m.digest_section_customers({}, words), total.newCustomers, customers),
    ...section(m.digest_section_new({}, words), total.newLeads, leads('new')),
    ...section(m.digest_section_moved({}, words), total.movedOpportunities, opportunities('moved')),
    ...section(m.digest_section_working({}, words), total.workingLeads, leads('working')),
  ];
}
