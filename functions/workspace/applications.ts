import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import { definitionOf } from '../../shared/registry.ts';
import { commandRoute } from '../records/commandRoute.ts';
import { recordRoutes } from '../records/routes.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { approvalShape, approveApplication, declineApplication, refusalShape } from './decideApplication.ts';

const answers = (description: string) => ({ 200: { description, body: refTo(schemaName(definitionOf('application'))) } });

/** Applications for accounts, and what is decided about them. */
export const applicationRoutes: readonly MemberRoute[] = [
  ...recordRoutes('application'),
  commandRoute('application', '/approve', {
    access: 'update',
    summary: 'Invite who has applied',
    api: () => ({ idempotent: true, body: approvalShape(), responses: answers('the application, with the member who came of it') }),
    run: (ctx, id, { db, body }) => approveApplication(db, ctx, id, body),
  }),
  commandRoute('application', '/decline', {
    access: 'update',
    summary: 'Turn an application down, and say so by mail',
    api: () => ({ idempotent: true, body: refusalShape(), responses: answers('the application, declined') }),
    run: (ctx, id, { db, body }) => declineApplication(db, ctx, id, body),
  }),
];
