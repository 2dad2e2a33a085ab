import { invalid } from '../../shared/kernel/errors.ts';
import type { JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { FIGURE_PERIODS, HOME_FIGURES } from '../../shared/insight/figures.ts';
import { SCOPES } from '../../shared/insight/figureScopes.ts';
import { readDirectory } from '../runtime/directory.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { readFigures } from './readFigures.ts';

const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required: [...required],
});
const day: JsonSchema = { type: 'string', format: 'date' };
const period = { from: day, to: day };
const money = object({ minor: { type: 'integer' }, currency: { type: 'string' } });
const value = object({ count: { type: 'integer' }, amounts: { type: 'array', items: money } }, ['count']);

/** Open to every member: how far his reports reach is asked with the scope. */
export const figuresRoute: MemberRoute = {
  method: 'GET',
  path: '/figures',
  access: { kind: 'member' },
  summary: 'Figures of a period up to today, beside the same days of the one before',
  api: () => ({
    query: {
      scope: { type: 'string', default: 'me', description: `${SCOPES.join(', ')}, or the id of a member` },
      period: { type: 'string', enum: [...FIGURE_PERIODS], default: 'thisMonth' },
    },
    responses: {
      200: {
        description: 'days of the workspace’s zone, and the figures that the caller may read',
        body: object({
          ...period,
          before: object(period),
          figures: object(Object.fromEntries(HOME_FIGURES.map(({ key }) => [key, object({ now: value, before: value })])), []),
        }),
      },
    },
  }),
  run: async (ctx, { db, query }) => {
    const { scope = 'me', period: asked = 'thisMonth', ...unknown } = query;
    if (Object.keys(unknown).length) throw invalid(Object.keys(unknown).map((field) => ({ field, code: 'field.unknown' })));
    const period = FIGURE_PERIODS.find((known) => known === asked);
    if (!period) throw invalid([{ field: 'period', code: 'choice.unknown' }]);
    return { status: 200, body: await readFigures(ctx, await readDirectory(db, ctx.table, ctx.now), { scope, period }) };
  },
};
