import { closeChange, readClose, readReopen, reopenChange } from '../../shared/sales/opportunityClose.ts';
import { orderChange, type OrderCommand } from '../../shared/sales/orderRules.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { typeOf } from '../records/context.ts';
import { decideChange } from '../records/decideChange.ts';
import { assertChosen } from '../records/operations.ts';
import { recordRoutes } from '../records/routes.ts';
import type { MemberRoute, Route } from '../runtime/route.ts';
import { cloneApi, closeApi, orderApi, reopenApi, stagesApi, statusApi } from './api.ts';
import { cloneOpportunity } from './cloneOpportunity.ts';
import { createOrder, orderDefaults } from './createOrder.ts';
import { pipelineIn } from './pipelineIn.ts';
import { listStages } from './listStages.ts';
import { orderOpportunity } from './orderOpportunity.ts';

const close = commandRoute('opportunity', '/close', {
  access: 'update',
  summary: 'Close an opportunity as won or lost',
  api: closeApi,
  run: (ctx, id, request) => {
    const type = typeOf(ctx, 'opportunity');
    const wish = readClose(type, request.body);
    return decideChange(ctx, 'opportunity', { id, version: versionOf(request) }, (deal) => {
      assertChosen(type, { reasons: wish.reasons }, deal);
      return closeChange(pipelineIn(ctx, deal), deal, wish);
    });
  },
});

const reopen = commandRoute('opportunity', '/reopen', {
  access: 'update',
  summary: 'Reopen a closed opportunity',
  api: reopenApi,
  run: (ctx, id, request) => {
    const stage = readReopen(request.body);
    return decideChange(ctx, 'opportunity', { id, version: versionOf(request) }, (deal) =>
      reopenChange(pipelineIn(ctx, deal), deal, stage),
    );
  },
});

const clone = commandRoute('opportunity', '/clone', {
  access: 'create',
  summary: 'Make an opportunity like this one',
  api: cloneApi,
  status: 201,
  run: (ctx, id, { body }) => cloneOpportunity(ctx, id, body),
});

const order = commandRoute('opportunity', '/order', {
  access: { type: 'order', action: 'create' },
  summary: 'Make the order of a won opportunity',
  api: orderApi,
  run: (ctx, id, request) => orderOpportunity(ctx, id, versionOf(request), request.body),
});

const stages = commandRoute('opportunity', '/stages', {
  method: 'GET',
  access: 'read',
  summary: 'Where an opportunity has been and for how long',
  api: stagesApi,
  run: (ctx, id) => listStages(ctx, id),
});

const orderStatus = (command: OrderCommand, summary: string): MemberRoute =>
  commandRoute('order', `/${command}`, {
    access: 'update',
    summary,
    api: statusApi,
    run: (ctx, id, request) => {
      const today = orderDefaults(ctx).orderedOn;
      return decideChange(ctx, 'order', { id, version: versionOf(request) }, (record) => orderChange(record, command, today));
    },
  });

/** An order's number is given by the product where its maker has none. */
const numbered = (route: MemberRoute): MemberRoute =>
  route.method === 'POST' && route.path === '/orders'
    ? { ...route, run: async (ctx, { body }) => ({ status: 201, body: await createOrder(ctx, body) }) }
    : route;

export const routes: readonly Route[] = [
  close,
  reopen,
  clone,
  order,
  stages,
  orderStatus('confirm', 'Confirm an order'),
  orderStatus('close', 'Close an order'),
  orderStatus('cancel', 'Cancel an order'),
  ...recordRoutes('opportunity'),
  ...recordRoutes('product'),
  ...recordRoutes('order').map(numbered),
];
