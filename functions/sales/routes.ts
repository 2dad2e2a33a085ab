import { closeChange, readClose, readReopen, reopenChange } from '../../shared/sales/opportunityClose.ts';
import { orderChange, type OrderCommand } from '../../shared/sales/orderRules.ts';
import { decideChange } from '../records/decideChange.ts';
import { recordRoutes, versionOf } from '../records/routes.ts';
import type { MemberRoute, Request, Route } from '../runtime/route.ts';
import { cloneApi, closeApi, orderApi, reopenApi, stagesApi, statusApi } from './api.ts';
import { cloneOpportunity } from './cloneOpportunity.ts';
import { createOrder, orderDefaults } from './createOrder.ts';
import { listStages } from './listStages.ts';
import { orderOpportunity } from './orderOpportunity.ts';

const seen = (request: Request) => ({ id: request.params['id']!, version: versionOf(request) });

const close: MemberRoute = {
  method: 'POST',
  path: '/opportunities/{id}/close',
  access: { kind: 'record', type: 'opportunity', action: 'update' },
  summary: 'Close an opportunity as won or lost',
  api: closeApi,
  run: async (ctx, request) => {
    const wish = readClose(request.body);
    return { status: 200, body: await decideChange(ctx, 'opportunity', seen(request), (deal) => closeChange(deal, wish)) };
  },
};

const reopen: MemberRoute = {
  method: 'POST',
  path: '/opportunities/{id}/reopen',
  access: { kind: 'record', type: 'opportunity', action: 'update' },
  summary: 'Reopen a closed opportunity',
  api: reopenApi,
  run: async (ctx, request) => {
    const stage = readReopen(request.body);
    return { status: 200, body: await decideChange(ctx, 'opportunity', seen(request), (deal) => reopenChange(deal, stage)) };
  },
};

const clone: MemberRoute = {
  method: 'POST',
  path: '/opportunities/{id}/clone',
  access: { kind: 'record', type: 'opportunity', action: 'create' },
  summary: 'Make an opportunity like this one',
  api: cloneApi,
  run: async (ctx, { params, body }) => ({ status: 201, body: await cloneOpportunity(ctx, params['id']!, body) }),
};

const order: MemberRoute = {
  method: 'POST',
  path: '/opportunities/{id}/order',
  access: { kind: 'record', type: 'order', action: 'create' },
  summary: 'Make the order of a won opportunity',
  api: orderApi,
  run: async (ctx, request) => ({
    status: 200,
    body: await orderOpportunity(ctx, request.params['id']!, versionOf(request), request.body),
  }),
};

const stages: MemberRoute = {
  method: 'GET',
  path: '/opportunities/{id}/stages',
  access: { kind: 'record', type: 'opportunity', action: 'read' },
  summary: 'Where an opportunity has been and for how long',
  api: stagesApi,
  run: async (ctx, { params }) => ({ status: 200, body: await listStages(ctx, params['id']!) }),
};

const orderStatus = (command: OrderCommand, summary: string): MemberRoute => ({
  method: 'POST',
  path: `/orders/{id}/${command}`,
  access: { kind: 'record', type: 'order', action: 'update' },
  summary,
  api: statusApi,
  run: async (ctx, request) => {
    const today = orderDefaults(ctx).orderedOn;
    return { status: 200, body: await decideChange(ctx, 'order', seen(request), (record) => orderChange(record, command, today)) };
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
