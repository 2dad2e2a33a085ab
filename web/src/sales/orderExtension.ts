import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import PackageCheck from '@lucide/svelte/icons/package-check';
import { m } from '#messages';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import { mayWrite, typeOf } from '../records/types.ts';
import { confirm } from '../ui/confirm.svelte.ts';
import type { Action } from '../ui/menu.ts';
import OrderBadge from './OrderBadge.svelte';
import OrderNotice from './OrderNotice.svelte';
import './refusals.ts';
import { moveOrder, type OrderMove } from './salesCommands.ts';
import SalesHost from './SalesHost.svelte';
import { ORDER_TONES } from './salesWords.ts';

const moving = (record: AnyRecord, move: OrderMove) => (): void =>
  void moveOrder(record, move).catch((error: unknown) => reportError(error));

/** There is no way back from a cancelled order, hence the question. */
const cancelling = (record: AnyRecord) => async (): Promise<void> => {
  const sure = await confirm({
    title: () => m.sales_order_cancel_title({ number: String(record['number'] ?? '') }),
    text: m.sales_order_cancel_text,
    action: m.sales_order_cancel,
    danger: true,
  });
  if (sure) moving(record, 'cancel')();
};

function actionsOf(record: AnyRecord): Action[] {
  const { status } = record;
  if (!mayWrite(typeOf('order'), 'delivery', record)) return [];
  return [
    ...(status === 'draft' ? [{ title: m.sales_order_confirm, icon: CircleCheck, run: moving(record, 'confirm') }] : []),
    ...(status === 'confirmed' ? [{ title: m.sales_order_close, icon: PackageCheck, run: moving(record, 'close') }] : []),
    ...(status === 'draft' || status === 'confirmed'
      ? [{ title: m.sales_order_cancel, icon: Ban, danger: true, run: () => void cancelling(record)() }]
      : []),
  ];
}

const extension: RecordExtension = {
  tones: ORDER_TONES,
  actions: actionsOf,
  badge: OrderBadge,
  notice: OrderNotice,
  shown: ['status', 'delivery', 'payment', 'currency', 'net', 'tax', 'total'],
  host: SalesHost,
  emptyText: m.sales_orders_empty,
  controls: {
    lines: { load: () => import('./LinesControl.svelte'), wide: true, writes: ['currency'] },
    currency: { load: () => import('./CurrencyControl.svelte') },
  },
  hints: { number: m.sales_order_number_hint },
  start: () => ({ orderedOn: i18n.formats.today(clock.now), currency: session.data?.workspace.currency }),
  groups: [
    {
      id: 'order',
      title: m.sales_group_order,
      fields: ['customerId', 'contactId', 'opportunityId', 'customerNumber', 'orderedOn', 'ownerId'],
    },
    { id: 'lines', title: m.sales_group_lines, fields: ['currency', 'lines'] },
    { id: 'state', title: m.sales_group_state, fields: ['delivery', 'payment'] },
  ],
};

export default extension;
