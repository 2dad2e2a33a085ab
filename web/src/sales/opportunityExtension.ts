import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Copy from '@lucide/svelte/icons/copy';
import Receipt from '@lucide/svelte/icons/receipt';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import { m } from '#messages';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { reportError } from '../kernel/errors.ts';
import { replica } from '../kernel/replica.svelte.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import { pipelineOfDeal, pipelines } from '../records/pipelines.ts';
import { hrefOf, may, mayWrite, typeOf } from '../records/types.ts';
import type { Action } from '../ui/menu.ts';
import { closing } from './closing.svelte.ts';
import SalesHost from './SalesHost.svelte';
import DealBadge from './DealBadge.svelte';
import DealNotice from './DealNotice.svelte';
import DealPanel from './DealPanel.svelte';
import PipelineSwitch from './PipelineSwitch.svelte';
import './refusals.ts';
import { clone, makeOrder, reopen } from './salesCommands.ts';
import { OUTCOME_TONES } from './salesWords.ts';
import { stageOfMany } from './bulkStage.ts';
import { movingStage } from './moveStage.ts';
import { isOpen } from './stagePath.ts';

/** Told under the head of a deal, and asked together in its form. */
const CHANCE = ['stage', 'amount', 'expectedEndOn', 'successRate', 'successReason'];

/** It begins where its pipeline does. */
const startOfDeal = (): Values => {
  const { id, stages } = pipelineOfDeal({});
  return { pipelineId: id, stage: stages[0]!.key };
};

const doing = (work: (deal: AnyRecord) => Promise<void>, deal: AnyRecord) => (): void =>
  void work(deal).catch((error: unknown) => reportError(error));

/** The order that was made of a deal; one that was cancelled makes room for another. */
function orderOf(deal: AnyRecord): AnyRecord | undefined {
  const ids = (deal['orderIds'] as string[] | undefined) ?? [];
  if (!ids.length || !may('read', typeOf('order'))) return undefined;
  return ids.map((id) => replica.type('order').get(id)).find((order) => order && order['status'] !== 'cancelled');
}

function actionsOf(deal: AnyRecord): Action[] {
  const open = isOpen(deal);
  const writes = mayWrite(typeOf('opportunity'), 'stage', deal);
  const ordered = orderOf(deal);
  const order: Action[] = ordered
    ? [{ title: m.sales_open_order, icon: Receipt, href: hrefOf('order', ordered.id) }]
    : writes && deal['outcome'] === 'won' && may('create', typeOf('order'))
      ? [{ title: m.sales_make_order, icon: Receipt, run: doing(makeOrder, deal) }]
      : [];
  return [
    ...(writes && open ? [{ title: m.sales_win, icon: CircleCheck, run: () => closing.ask(deal, 'won') }] : []),
    ...order,
    ...(writes && open ? [movingStage(deal)] : []),
    ...(writes && open ? [{ title: m.sales_lose, icon: CircleSlash, run: () => closing.ask(deal, 'lost') }] : []),
    ...(writes && !open ? [{ title: m.sales_reopen, icon: RotateCcw, run: doing(reopen, deal) }] : []),
    ...(may('create', typeOf('opportunity')) ? [{ title: m.sales_clone, icon: Copy, minor: true, run: doing(clone, deal) }] : []),
  ];
}

const extension: RecordExtension = {
  tones: { outcome: OUTCOME_TONES },
  actions: actionsOf,
  badge: DealBadge,
  notice: DealNotice,
  shown: [...CHANCE, 'outcome', 'reasons', 'lostTo', 'closeNote', 'closedAt', 'stageSince', 'orderIds'],
  panel: DealPanel,
  host: SalesHost,
  listSwitch: PipelineSwitch,
  emptyText: m.sales_opportunities_empty,
  controls: {
    pipelineId: { load: () => import('./PipelineControl.svelte'), writes: ['stage'] },
    stage: { load: () => import('./StageControl.svelte'), many: (deals) => stageOfMany(pipelines(), deals) },
    lines: { load: () => import('./LinesControl.svelte'), wide: true, writes: ['amount'] },
    people: { load: () => import('./PeopleControl.svelte'), wide: true },
    competitors: { load: () => import('./CompetitorsControl.svelte'), wide: true },
    workGroup: { load: () => import('./WorkGroupControl.svelte'), wide: true },
  },
  hints: { successRate: m.sales_rate_hint },
  start: startOfDeal,
  groups: [
    { id: 'deal', title: m.sales_group_deal, fields: ['customerId', 'contactIds', 'objectKind', 'ownerId'] },
    { id: 'chance', title: m.sales_group_chance, fields: ['pipelineId', ...CHANCE] },
    { id: 'products', title: m.sales_group_products, fields: ['lines'] },
    { id: 'people', title: m.sales_group_people, fields: ['people', 'competitors', 'workGroup'] },
    { id: 'how', title: m.sales_group_how, fields: ['method', 'channel', 'source', 'tags'] },
  ],
};

export default extension;
