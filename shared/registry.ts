import { activity } from './activities/activity.ts';
import { contact } from './customers/contact.ts';
import { customer } from './customers/customer.ts';
import { churnWarning } from './insight/churnWarning.ts';
import { digest } from './insight/digest.ts';
import { prefixOf } from './kernel/ids.ts';
import { segmentOf, type RecordDefinition } from './kernel/record.ts';
import { lead } from './leads/lead.ts';
import { submission } from './leads/submission.ts';
import { webForm } from './leads/webForm.ts';
import { opportunity } from './sales/opportunity.ts';
import { order } from './sales/order.ts';
import { pipeline } from './sales/pipeline.ts';
import { product } from './sales/product.ts';
import { application } from './workspace/application.ts';
import { customFieldOn } from './workspace/customField.ts';
import { department } from './workspace/department.ts';
import { member } from './workspace/member.ts';
import { job } from './workspace/job.ts';
import { news } from './workspace/news.ts';
import { newsDraft } from './workspace/newsDraft.ts';
import { notification } from './workspace/notification.ts';
import { recordFormOn } from './workspace/recordForm.ts';
import { role } from './workspace/role.ts';
import { savedView } from './workspace/savedView.ts';
import { sharedView } from './workspace/sharedView.ts';
import { valueListOn } from './workspace/valueList.ts';
import { workspace } from './workspace/workspace.ts';

/** What people work with, and how their workspace is built. */
const BASIC = [
  customer,
  contact,
  lead,
  submission,
  webForm,
  opportunity,
  product,
  order,
  activity,
  churnWarning,
  digest,
  workspace,
  member,
  role,
  department,
  application,
  pipeline,
  notification,
  news,
  newsDraft,
  job,
] as unknown as readonly RecordDefinition[]; // each is declared for its own fields; generic code speaks to all in common terms

// What changes other types is declared over them: each names those it may be about.
export const customField = customFieldOn(BASIC.filter(({ customizable }) => customizable));
export const valueList = valueListOn(BASIC);
export const recordForm = recordFormOn(BASIC.filter(({ customizable }) => customizable));

/** The only list of record types. Everything generic, and every test over all types, starts here. */
export const REGISTRY: readonly RecordDefinition[] = [
  ...BASIC,
  ...([customField, valueList, recordForm, savedView, sharedView] as unknown as readonly RecordDefinition[]),
];

const BY_NAME = new Map(REGISTRY.map((definition) => [definition.name, definition]));
const BY_SEGMENT = new Map(REGISTRY.map((definition) => [segmentOf(definition), definition]));
const BY_PREFIX = new Map(REGISTRY.map((definition) => [definition.idPrefix, definition]));

/** @throws Error for a name no type has: a mistake of ours, never of a caller */
export function definitionOf(name: string): RecordDefinition {
  const definition = BY_NAME.get(name);
  if (!definition) throw new Error(`no record type ${name}`);
  return definition;
}
export const findDefinition = (name: string): RecordDefinition | undefined => BY_NAME.get(name);
export const definitionAt = (segment: string): RecordDefinition | undefined => BY_SEGMENT.get(segment);
export const definitionOfId = (id: string): RecordDefinition | undefined => BY_PREFIX.get(prefixOf(id));
