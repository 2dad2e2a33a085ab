import * as z from 'zod/mini';
import type { Closing } from '../../shared/activities/activityCompletion.ts';
import { isOpenActivity } from '../../shared/activities/activityRules.ts';
import { can, maskRecord } from '../../shared/kernel/access.ts';
import { isDay } from '../../shared/kernel/dates.ts';
import { forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import { parsePatch, parseWith } from '../../shared/kernel/schema.ts';
import { typeOf, type Context } from '../records/context.ts';
import { loadForChange, updateRecord } from '../records/operations.ts';
import { recordRoutes, versionOf } from '../records/routes.ts';
import { homeOf, readDirectory } from '../runtime/directory.ts';
import type { MemberRoute, Route } from '../runtime/route.ts';
import { cancelApi, completeApi, myDayApi, reopenApi } from './api.ts';
import { closeActivity } from './closeActivity.ts';
import { readMyDay } from './myDay.ts';

const command = (name: string, summary: string, api: MemberRoute['api'], run: MemberRoute['run']): MemberRoute => ({
  method: 'POST',
  path: `/activities/{id}/${name}`,
  access: { kind: 'record', type: 'activity', action: 'update' },
  summary,
  ...(api ? { api } : {}),
  run,
});

/** Closes the activity of a route as its body says. */
const closing =
  (status: Closing['status'], fields: readonly string[], hasNextStep: boolean): MemberRoute['run'] =>
  async (ctx, request) => {
    const directory = await readDirectory(request.db, ctx.table, ctx.now);
    const wish = readWish(ctx, request.body, status, fields, hasNextStep);
    const zoneOf = (memberId: string): string => homeOf(directory, memberId).zone;
    return { status: 200, body: await closeActivity(ctx, request.params['id']!, versionOf(request), wish, zoneOf) };
  };

const wishShape = () =>
  z.looseObject(
    {
      endSeries: z.optional(z.boolean('boolean.expected')),
      nextStep: z.optional(z.record(z.string(), z.unknown(), 'input.object')),
    },
    'input.object',
  );

function readWish(ctx: Context, body: unknown, status: Closing['status'], fields: readonly string[], hasNextStep: boolean): Closing {
  const parsed = parseWith(wishShape(), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  const { endSeries, nextStep, ...written } = parsed.value;
  const unknown = [
    ...Object.keys(written).filter((name) => !fields.includes(name)),
    ...(nextStep !== undefined && !hasNextStep ? ['nextStep'] : []),
  ];
  if (unknown.length) throw invalid(unknown.map((field) => ({ field, code: 'field.unknown' })));
  const values = parsePatch(typeOf(ctx, 'activity'), written);
  if (!values.ok) throw invalid(values.issues);
  return { status, values: values.value, ...(nextStep ? { nextStep } : {}), ...(endSeries ? { endsSeries: true } : {}) };
}

const myDay: MemberRoute = {
  method: 'GET',
  path: '/activities/my-day',
  access: { kind: 'record', type: 'activity', action: 'read' },
  summary: 'What somebody has to do on a day: overdue, today, and without a time',
  api: myDayApi,
  run: async (ctx, request) => {
    const { owner = 'me', day, ...rest } = request.query;
    const issues = [
      ...Object.keys(rest).map((field) => ({ field, code: 'field.unknown' })),
      ...(day === undefined || isDay(day) ? [] : [{ field: 'day', code: 'date.invalid' }]),
    ];
    if (issues.length) throw invalid(issues);
    const ownerId = owner === 'me' ? ctx.actor.memberId : owner;
    const directory = await readDirectory(request.db, ctx.table, ctx.now);
    if (!directory.members.has(ownerId)) throw notFound();
    const { zone } = homeOf(directory, ownerId);
    return { status: 200, body: await readMyDay(ctx, { ownerId, zone, ...(day === undefined ? {} : { day }) }) };
  },
};

const complete = command(
  'complete',
  'Say that an activity is done, and what comes next',
  completeApi,
  closing('done', ['outcome', 'evaluation', 'actualStart', 'actualEnd'], true),
);

const cancel = command('cancel', 'Call an activity off', cancelApi, closing('cancelled', ['outcome'], false));

const reopen = command('reopen', 'Plan a closed activity again', reopenApi, async (ctx, request) => {
  const [id, version, definition] = [request.params['id']!, versionOf(request), typeOf(ctx, 'activity')];
  const activity = await loadForChange(ctx, definition, id);
  if (!can(ctx.actor, 'update', definition, activity)) throw forbidden();
  if (isOpenActivity(activity)) return { status: 200, body: maskRecord(ctx.actor, definition, activity) };
  return { status: 200, body: await updateRecord(ctx, 'activity', id, version, { status: 'planned' }) };
});

export const routes: readonly Route[] = [myDay, complete, cancel, reopen, ...recordRoutes('activity')];
