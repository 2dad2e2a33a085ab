import { closeChange, readClose, readReopen, reopenChange } from '../../shared/sales/opportunityClose.ts';
import { recordRoutes, versionOf } from '../records/routes.ts';
import type { MemberRoute, Request, Route } from '../runtime/route.ts';
import { closeApi, reopenApi } from './api.ts';
import { decideChange } from './decideChange.ts';

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

export const routes: readonly Route[] = [
  close,
  reopen,
  ...recordRoutes('opportunity'),
  ...recordRoutes('product'),
  ...recordRoutes('order'),
];
