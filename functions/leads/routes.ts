import { isId } from '../../shared/kernel/ids.ts';
import { notFound } from '../../shared/kernel/errors.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { recordRoutes } from '../records/routes.ts';
import type { PublicRoute, Route } from '../runtime/route.ts';
import { convertApi, postApi } from './api.ts';
import { convertLead } from './convertLead.ts';
import { withDoors } from './formDoor.ts';
import { refusalPage, thanksPage } from './hostedPage.ts';
import { findBrand } from './formBrand.ts';
import { receivePost } from './publicForm.ts';

const post: PublicRoute = {
  method: 'POST',
  path: '/public/forms/{formId}',
  access: { kind: 'public' },
  anyOrigin: true,
  problemPage: refusalPage,
  summary: 'Send a form of any web site',
  api: postApi,
  run: receivePost,
};

const thanks: PublicRoute = {
  method: 'GET',
  path: '/f/{formId}/thanks',
  access: { kind: 'public' },
  problemPage: refusalPage,
  summary: 'The page after a form was sent',
  // The same words for every form there may be.
  run: async (request) => {
    const formId = request.params['formId'];
    if (!isId(formId, 'frm')) throw notFound();
    return thanksPage(request.headers, await findBrand(request, formId));
  },
};

const convert = commandRoute('lead', '/convert', {
  access: 'update',
  summary: 'Make a customer, a contact and an opportunity of a lead',
  api: convertApi,
  run: (ctx, id, request) => convertLead(ctx, id, versionOf(request), request.body),
});

export const routes: readonly Route[] = [
  post,
  thanks,
  convert,
  ...recordRoutes('lead'),
  ...recordRoutes('submission'),
  ...recordRoutes('webForm').map(withDoors),
];
