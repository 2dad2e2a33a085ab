import type { RecordExtension } from './records/extensions.svelte.ts';

type Load = () => Promise<{ default: RecordExtension }>;

const work: Load = () => import('./activities/workExtension.ts');

/**
 * What domains add to the generic screens of record types, by type; each is a chunk fetched with the first such screen.
 * Several domains may add to one type: they show in this order, and the main action is the first one's.
 */
export const extensions: Readonly<Record<string, readonly Load[]>> = {
  activity: [() => import('./activities/activityExtension.ts')],
  contact: [work],
  churnWarning: [() => import('./insight/churn/churnWarningExtension.ts')],
  customer: [
    () => import('./customers/customerPeopleExtension.ts'),
    () => import('./insight/churn/customerChurnExtension.ts'),
    () => import('./sales/customerExtension.ts'),
    work,
  ],
  lead: [() => import('./leads/leadExtension.ts'), work],
  news: [() => import('./workspace/news/newsExtension.ts')],
  newsDraft: [() => import('./workspace/news/newsDraftExtension.ts')],
  order: [() => import('./sales/orderExtension.ts'), work],
  opportunity: [() => import('./sales/opportunityExtension.ts'), () => import('./sales/board/boardExtension.ts'), work],
  product: [() => import('./sales/productExtension.ts')],
  submission: [() => import('./leads/submissionExtension.ts')],
};
