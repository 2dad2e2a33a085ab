import { createHash, createHmac } from 'node:crypto';
import { toMs } from '../../../shared/kernel/dates.ts';
import { AppError, invalid } from '../../../shared/kernel/errors.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { applicationEnds, applyPath, planApplication, type Applicant } from '../../../shared/workspace/applications.ts';
import type { Application } from '../../../shared/workspace/application.ts';
import { brandOf } from '../../../shared/workspace/brand.ts';
import { isLanguageOpen } from '../../../shared/workspace/languages.ts';
import { isRemoved, toRecord } from '../../records/item.ts';
import { commitPlan } from '../../records/operations.ts';
import { readDirectory, type Directory } from '../../runtime/directory.ts';
import { env } from '../../runtime/env.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import { systemContext } from '../../runtime/systemContext.ts';
import { enqueueMail } from '../../services/mailQueue.ts';
import { findDoor, putDoor, secretOf, takeDoor } from '../../table/entry.ts';
import { withHold } from '../../table/hold.ts';
import { applicantKey, recordKey } from '../../table/keys.ts';
import { tenantTable, type TenantTable } from '../../table/tenantTable.ts';
import { APPLY_DOOR } from '../applyLink.ts';
import { tokenName } from '../linkToken.ts';
import { applyMail } from '../mailWords.ts';
import { readPeople } from '../people.ts';
import { deadLink } from './answers.ts';
import { spendAttempt, takeAttempt } from './budgets.ts';
import type { Body } from './requests.ts';

const settings = env('PUBLIC_URL');
/** Behind a mailed token stands what was said when it was sent. */
const APPLICANT_DOOR = 'applicant';
const VALID_SECONDS = 86_400;

/** Unknown, renewed and switched off look alike. */
const closed = (): AppError => new AppError('application.closed', { status: 404 });

interface Place {
  readonly table: TenantTable;
  readonly directory: Directory;
  readonly workspace: NonNullable<Directory['workspace']>;
}

/** The workspace that takes applications under a code now, whatever a kept directory remembers. */
async function findPlace({ db, now }: Request, code: string): Promise<Place | undefined> {
  const door = await findDoor(db, APPLY_DOOR, code, { consistent: true });
  if (!door) return undefined;
  const table = tenantTable(db, door.tenant);
  const directory = await readDirectory(db, table, now, { fresh: true });
  const { workspace } = directory;
  return workspace?.['applyOpen'] === true && workspace['applyCode'] === code ? { table, directory, workspace } : undefined;
}

/** Whose link it is. @throws AppError application.closed (404), budget.spent (429) */
export async function readApplyPage(request: Request, { code }: Body<'applyPage'>): Promise<Answer> {
  await spendAttempt(request, 'tokenFromAddress');
  const place = await findPlace(request, code);
  if (!place) throw closed();
  return { status: 200, body: brandOf(place.workspace) };
}

/**
 * Mails a link by which somebody shows that the address he gave is his; nobody hears of him before. Whether the address
 * has an account is not even looked up.
 * @throws AppError application.closed (404); input.invalid (400); budget.spent (429) for the caller's own address and
 *   the workspace, never for the address that he gave
 */
export async function apply(request: Request, { code, ...applicant }: Body<'apply'>): Promise<Answer> {
  const { db, now, headers, requestId } = request;
  await spendAttempt(request, 'applyFromAddress');
  const place = await findPlace(request, code);
  if (!place) throw closed();
  const { table, workspace } = place;
  const { email, language } = applicant;
  if (!isLanguageOpen(workspace, language)) throw invalid([{ field: 'language', code: 'language.notOffered' }]);
  const answer: Answer = { status: 202, body: {} };
  // Silence: an answer of its own would tell whether somebody else has used the address here.
  if (await takeAttempt(request, 'applyOfAddress', `${table.tenant}|${email}`)) return answer;
  await spendAttempt(request, 'applyAtWorkspace', table.tenant);
  const wish = JSON.stringify({ code, ...applicant });
  // Of the wish that it follows from: the repeat of a request whose answer was lost is the same link and the same mail.
  const token = createHmac('sha256', await secretOf(db, APPLICANT_DOOR))
    .update(`${table.tenant}|${headers['idempotency-key']?.slice(0, 100) ?? requestId}|${wish}`)
    .digest('base64url');
  const expiresAt = Math.floor(toMs(now) / 1000) + VALID_SECONDS;
  await putDoor(db, APPLICANT_DOOR, token, { tenant: table.tenant, target: wish, expiresAt });
  await enqueueMail({
    tenant: table.tenant,
    key: `apply-${tokenName(token)}`,
    to: { email },
    mail: applyMail({
      locale: language,
      workspace,
      site: settings().PUBLIC_URL,
      email,
      link: `${settings().PUBLIC_URL}${applyPath(code)}#${token}`,
    }),
    at: now,
  });
  return answer;
}

/**
 * Takes an application by its mailed token. Whoever holds that is told what stands at the address: that he is a member
 * already, or until when he will have an answer.
 * @throws AppError auth.token (400): forged, used, expired, or of a link that is closed by now; request.busy, budget.spent (429)
 */
export async function confirmApplication(request: Request, { token }: Body<'token'>): Promise<Answer> {
  const { db, now } = request;
  await spendAttempt(request, 'tokenFromAddress');
  const door = await findDoor(db, APPLICANT_DOOR, token, { consistent: true });
  if (!door || !(toMs(now) / 1000 < door.expiresAt!)) throw deadLink();
  const { code, ...applicant } = JSON.parse(door.target) as Applicant & { code: string };
  const place = await findPlace(request, code);
  if (!place) throw deadLink();
  return withHold(db, `apply|${door.tenant}|${applicant.email}`, now, async () => {
    const { members } = await readPeople(place.table);
    const isMember = members.some(({ email }) => email === applicant.email);
    const taken = isMember ? undefined : await takeApplication(request, place, applicant, wishId(token, door.expiresAt!));
    // Last: cut off before, the same link works once more and comes to the same.
    await takeDoor(db, APPLICANT_DOOR, token);
    return {
      status: 200,
      body: taken ? { outcome: 'waiting', until: applicationEnds(taken as unknown as Application) } : { outcome: 'member' },
    };
  });
}

/** The id of what comes of a token: the same, whenever and however often it is shown. */
const wishId = (token: string, expiresAt: number): string =>
  makeId('apl', (expiresAt - VALID_SECONDS) * 1000, createHash('sha256').update(token).digest());

async function takeApplication(
  { now, requestId }: Request,
  { table, directory }: Place,
  applicant: Applicant,
  id: string,
): Promise<AnyRecord> {
  const key = applicantKey(applicant.email);
  const last = (await table.get(key, { consistent: true }))?.['applicationId'];
  const standing = (await findApplication(table, id)) ?? (last === undefined ? undefined : await findApplication(table, String(last)));
  const plan = planApplication(applicant, { standing, id, now });
  const ctx = systemContext(table, { now, requestId, shape: directory.shape });
  const [taken] = plan.writes.length ? await commitPlan(ctx, plan) : [standing!];
  const ends = applicationEnds(taken as unknown as Application);
  await table.put({ ...key, applicationId: taken!.id, expiresAt: Math.floor(toMs(ends) / 1000) });
  return taken!;
}

async function findApplication(table: TenantTable, id: string): Promise<AnyRecord | undefined> {
  const item = await table.get(recordKey('application', id), { consistent: true });
  return item && !isRemoved(item) ? toRecord(definitionOf('application'), item) : undefined;
}
