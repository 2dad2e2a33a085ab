import type { Values } from '../../../shared/kernel/record.ts';
import type { Commit, Invariant } from './facts.ts';

const valuesOf = ({ item }: Commit): Values => item['data'] as Values;

/** Every post that was received is one submission, and ended in exactly one way. */
export const postsAreSubmissions: Invariant = ({ firm, ledger, commits }) => {
  const submissions = commits.filter(({ definition, version }) => definition.name === 'submission' && version === 1);
  const posts = ledger.posts.filter(({ tenant }) => tenant === firm.tenant);
  const receipts = posts.flatMap(({ receipt }) => receipt ?? []);
  const leads = new Map(
    commits.filter(({ definition, version }) => definition.name === 'lead' && version === 1).map((lead) => [lead.id, lead]),
  );
  const created = submissions.filter((each) => valuesOf(each)['outcome'] === 'created').map((each) => String(valuesOf(each)['leadId']));
  const fromForms = [...leads.values()].filter((lead) => valuesOf(lead)['webFormId'] !== undefined).map(({ id }) => id);
  return [
    ...receipts.filter((id) => !submissions.some((each) => each.id === id)).map((id) => `the receipt ${id} stands for nothing`),
    ...receipts.filter((id, i) => receipts.indexOf(id) !== i).map((id) => `two posts have the receipt ${id}`),
    ...(submissions.length > posts.length ? [`${posts.length} posts made ${submissions.length} submissions`] : []),
    ...submissions.flatMap((each) => {
      const { outcome, leadId } = valuesOf(each);
      return outcome === 'refused' || leads.has(String(leadId)) ? [] : [`submission ${each.id} is ${String(outcome)} without a lead`];
    }),
    ...fromForms.filter((id) => !created.includes(id)).map((id) => `lead ${id} came from a form by no submission`),
    ...created
      .filter((id, i) => !fromForms.includes(id) || created.indexOf(id) !== i)
      .map((id) => `lead ${id} was created by two submissions or none`),
  ];
};

/** A lead that is converted has its customer and contact, written at the same moment; and no customer came from a lead that is not. */
export const conversionsAreWhole: Invariant = (facts) => {
  const converted = facts.commits.filter((commit) => isConversion(commit));
  const together = (lead: Commit, type: string, id: unknown): Commit | undefined =>
    facts.commits.find((commit) => commit.definition.name === type && commit.id === id && commit.atMs <= lead.atMs);
  return [
    ...converted.flatMap((lead) => {
      const { customerId, contactId } = valuesOf(lead);
      const customer = facts.commits.find(
        (commit) => commit.id === customerId && commit.atMs === lead.atMs && leadsOf(commit).includes(lead.id),
      );
      return [
        ...(customer ? [] : [`lead ${lead.id} was converted without its customer ${String(customerId)}`]),
        ...(contactId === undefined || together(lead, 'contact', contactId) ? [] : [`lead ${lead.id} was converted without its contact`]),
      ];
    }),
    ...facts.live
      .filter(({ definition }) => definition.name === 'customer')
      .flatMap((customer) =>
        leadsOf(customer)
          .filter((id) => !converted.some((lead) => lead.id === id && valuesOf(lead)['customerId'] === customer.id))
          .map((id) => `customer ${customer.id} names the lead ${id}, which did not become it`),
      ),
  ];
};

const leadsOf = (commit: Commit): string[] => (valuesOf(commit)['leadIds'] as string[] | undefined) ?? [];

const isConversion = ({ definition, item, before, removed }: Commit): boolean =>
  definition.name === 'lead' &&
  !removed &&
  (item['data'] as Values)['status'] === 'converted' &&
  (before?.['data'] as Values | undefined)?.['status'] !== 'converted';
