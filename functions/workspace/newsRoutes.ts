import { refTo } from '../../shared/kernel/openApiSchemas.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { publishNews } from '../records/publishNews.ts';
import type { MemberRoute } from '../runtime/route.ts';

const publish = commandRoute('newsDraft', '/publish', {
  access: 'update',
  summary: 'Publish a draft of news',
  api: () => ({
    versioned: true,
    idempotent: true,
    responses: { 200: { description: 'the news, which takes the place of its draft and tells all members', body: refTo('News') } },
  }),
  run: (ctx, id, request) => publishNews(ctx, id, versionOf(request)),
});

export const newsRoutes: readonly MemberRoute[] = [publish];
