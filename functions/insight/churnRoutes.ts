import { localDay } from '../../shared/kernel/dates.ts';
import { CHURN_STEPS, planChurnStep, readChurnStep, type ChurnStep } from '../../shared/insight/churnHandling.ts';
import { churnWarning } from '../../shared/insight/churnWarning.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, type JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { decideChange } from '../records/decideChange.ts';
import type { MemberRoute } from '../runtime/route.ts';

const schemaOf = (name: 'outcome' | 'snoozedUntil' | 'note'): JsonSchema => {
  const field = churnWarning.fields[name];
  return kindOf(field).jsonSchema(field);
};

const TAKEN: Readonly<Record<ChurnStep['kind'], { summary: string; properties: JsonSchema; required?: string[] }>> = {
  acknowledge: { summary: 'Take up a churn warning', properties: {} },
  snooze: {
    summary: 'Put a churn warning off to a later day',
    properties: { until: { ...schemaOf('snoozedUntil'), description: 'the day it comes back, a year from now at most' } },
    required: ['until'],
  },
  close: {
    summary: 'Say how a churn warning ended',
    properties: { outcome: schemaOf('outcome'), note: schemaOf('note') },
    required: ['outcome'],
  },
  reopen: { summary: 'Open a churn warning again', properties: {} },
};

const apiOf = (kind: ChurnStep['kind']): RouteApi => {
  const { properties, required } = TAKEN[kind];
  return {
    versioned: true,
    idempotent: true,
    body: { type: 'object', properties, ...(required ? { required } : {}), additionalProperties: false },
    responses: { 200: { description: 'the warning as it stands; 409 `churn.closed` where it has ended', body: refTo('ChurnWarning') } },
  };
};

/** What people do about a warning; the day and its customer's orders do the rest. */
export const churnRoutes: readonly MemberRoute[] = CHURN_STEPS.map((kind) =>
  commandRoute(churnWarning.name, `/${kind}`, {
    access: 'update',
    summary: TAKEN[kind].summary,
    api: () => apiOf(kind),
    run: (ctx, id, request) => {
      const version = versionOf(request);
      const step = readChurnStep(kind, request.body);
      const today = localDay(ctx.now, ctx.home.zone);
      return decideChange(ctx, churnWarning.name, { id, version }, (warning) => planChurnStep(warning, step, today));
    },
  }),
);
