import { toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { notFound } from '../../../shared/kernel/errors.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import { endSession, endSessionsBefore, readSessions } from '../../table/sessions.ts';
import { changeEverywhere } from './account.ts';
import type { Body } from './requests.ts';
import { currentSession } from './session.ts';
import { hasEnded } from './sessionLife.ts';
import { noteEverywhere } from './traces.ts';

/** Where this person is signed in, the browser that asks first, then the last used. @throws AppError auth.session (401) */
export async function listSessions(request: Request): Promise<Answer> {
  const { subject, sessionId } = await currentSession(request);
  const sessions = await readSessions(request.db, subject);
  const items = sessions.rows
    .filter((row) => !hasEnded(sessions, row))
    .sort((a, b) => Number(b.id === sessionId) - Number(a.id === sessionId) || (a.usedAt < b.usedAt ? 1 : -1))
    .map(({ id, startedAt, usedAt, address, device }) => ({ id, startedAt, usedAt, address, device, current: id === sessionId }));
  return { status: 200, body: { items } };
}

/**
 * Ends one of them: it gets no further access token, and the one that it has dies within a quarter of an hour.
 * @throws AppError auth.session (401), record.notFound (404)
 */
export async function endOneSession(request: Request, { id }: Body<'session'>): Promise<Answer> {
  const { subject } = await currentSession(request);
  if (!(await endSession(request.db, subject, id, request.now))) throw notFound();
  await noteEverywhere(request, subject, { kind: 'signIn', event: 'sessionEnded' });
  return { status: 204 };
}

/**
 * Ends all but the one that asks. Access tokens given before die with what is remembered of the member, within half a
 * minute; the browser that asks gets itself a new one.
 * @throws AppError auth.session (401)
 */
export async function endOtherSessions(request: Request): Promise<Answer> {
  const { db, now } = request;
  const { subject, sessionId } = await currentSession(request);
  await endSessionsBefore(db, subject, now, sessionId);
  // Tokens have whole seconds: those of this very second belong to whoever has just asked.
  const from = toInstant(Math.floor(toMs(now) / 1000) * 1000);
  await changeEverywhere(request, subject, ({ sessionsFrom }) =>
    sessionsFrom !== undefined && toMs(String(sessionsFrom)) >= toMs(from) ? undefined : { sessionsFrom: from },
  );
  await noteEverywhere(request, subject, { kind: 'signIn', event: 'otherSessionsEnded' });
  return { status: 204 };
}
