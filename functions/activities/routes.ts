import * as z from 'zod/mini';
import type { Closing } from '../../shared/activities/activityCompletion.ts';
import { isDay } from '../../shared/kernel/dates.ts';
import { invalid, notFound } from '../../shared/kernel/errors.ts';
import { parsePatch, parseWith } from '../../shared/kernel/schema.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { typeOf, type Context } from '../records/context.ts';
import { recordRoutes } from '../records/routes.ts';
import { homeOf, readDirectory } from '../runtime/directory.ts';
import type { MemberRoute, Route } from '../runtime/route.ts';
import { cancelApi, completeApi, myDayApi, reopenApi } from './api.ts';
import { closeActivity } from './closeActivity.ts';
import { readMyDay } from './myDay.ts';
import { reopenActivity } from './reopenActivity.ts';

type Run = Parameters<typeof commandRoute>[2]['run'];

/** Closes the activity of a route as its body says. */
const closing =
  (status: Closing['status'], fields: readonly string[], hasNextStep: boolean): Run =>
  async (ctx, id, request) => {
    const directory = await readDirectory(request.db, ctx.table, ctx.now);
    const wish = readWish(ctx, request.body, status, fields, hasNextStep);
    const zoneOf = (memberId: string): string => homeOf(directory, memberId).zone;
    return closeActivity(ctx, id, versionOf(request), wish, zoneOf);
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

const complete = commandRoute('activity', '/complete', {
  access: 'update',
  summary: 'Say that an activity is done, and what comes next',
  api: completeApi,
  run: closing('done', ['outcome', 'evaluation', 'actualStart', 'actualEnd'], true),
});

const cancel = commandRoute('activity', '/cancel', {
  access: 'update',
  summary: 'Call an activity off',
  api: cancelApi,
  run: closing('cancelled', ['outcome'], false),
});

const reopen = commandRoute('activity', '/reopen', {
  access: 'update',
  summary: 'Plan a closed activity again',
  api: reopenApi,
  run: (ctx, id, request) => reopenActivity(ctx, id, versionOf(request), request.body),
});

export const routes: readonly Route[] = [myDay, complete, cancel, reopen, ...recordRoutes('activity')];
