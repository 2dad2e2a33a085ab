import { AppError, invalid } from '../../shared/kernel/errors.ts';
import { isId } from '../../shared/kernel/ids.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { readAnswers, RECEIPT_KEY, toLeadValues, TRAP } from '../../shared/leads/formFields.ts';
import { standIn, takesLeads } from '../../shared/leads/leadAssignment.ts';
import { definitionOf } from '../../shared/registry.ts';
import { typeOf, type Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { readDirectory, type Directory } from '../runtime/directory.ts';
import type { Answer, Request } from '../runtime/route.ts';
import { systemContext } from '../runtime/systemContext.ts';
import { budgetAddress, takeFromBudget } from '../table/budget.ts';
import { findDoor } from '../table/entry.ts';
import { recordKey } from '../table/keys.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { captureSubmission, type Verdict } from './captureSubmission.ts';
import { FORM_DOOR } from './formDoor.ts';
import { wantsPage } from './hostedPage.ts';
import { takeTurn } from './leadTurn.ts';
import { readPairs } from './postBody.ts';

/** Many visitors of a fair or a mobile network share one address; a single form fills no thousand leads in an hour. */
const PER_ADDRESS = { limit: 60, seconds: 600 };
const PER_FORM = { limit: 1_000, seconds: 3_600 };
const LONGEST_PAGE = 500;

/**
 * Takes the post of a form from any site. Whoever sends learns a receipt, and nothing of what became of it: not even
 * that he is known already, or that he walked into the trap.
 * @throws AppError form.multipart, form.contentType (415), budget.spent (429), form.notFound (404), form.paused (403),
 *   input.invalid (400) with an issue per input
 */
export async function receivePost(request: Request): Promise<Answer> {
  const pairs = readPairs(request);
  const formId = request.params['formId']!;
  await take(request, `form-address|${budgetAddress(request.address)}`, PER_ADDRESS);
  const { ctx, form, directory } = await enter(request, formId);
  if (form['active'] !== true) throw new AppError('form.paused', { status: 403 });
  const read = readAnswers(pairs);
  if (!read.ok) throw invalid(read.issues);
  const { [TRAP]: trapped, [RECEIPT_KEY]: hiddenKey, ...answers } = read.value;
  const key = request.headers['idempotency-key'] ?? hiddenKey;
  const verdict = trapped === undefined ? judge(ctx, form, answers) : { reason: 'trap' };
  await take(request, `form|${formId}`, PER_FORM);
  const sender = key === undefined ? `from ${request.address}` : `key ${key}`;
  const receipt = await captureSubmission(ctx, { form, answers, page: pageOf(request), sender }, verdict, () =>
    chooseOwner(ctx, directory, form),
  );
  return wantsPage(request.headers)
    ? { status: 303, headers: { location: String(form['redirectUrl'] ?? `/f/${formId}/thanks`) } }
    : { status: 200, body: { receipt, status: 'received' } };
}

function judge(ctx: Context, form: AnyRecord, answers: Readonly<Record<string, string>>): Verdict {
  const parsed = toLeadValues(typeOf(ctx, 'lead'), form, answers);
  if (!parsed.ok) throw invalid(parsed.issues);
  return { values: parsed.value };
}

async function take(request: Request, key: string, { limit, seconds }: typeof PER_FORM): Promise<void> {
  const wait = await takeFromBudget(request.db, key, limit, seconds, request.now);
  if (wait > 0) throw new AppError('budget.spent', { status: 429, params: { retryAfterSeconds: wait } });
}

/** From a form's public id to its workspace, where the product acts by itself. */
async function enter(request: Request, formId: string): Promise<{ ctx: Context; form: AnyRecord; directory: Directory }> {
  const unknown = () => new AppError('form.notFound', { status: 404 });
  const door = isId(formId, 'frm') ? await findDoor(request.db, FORM_DOOR, formId) : undefined;
  if (!door) throw unknown();
  const table = tenantTable(request.db, door.tenant);
  const [item, directory] = await Promise.all([table.get(recordKey('webForm', formId)), readDirectory(request.db, table, request.now)]);
  if (!item || isRemoved(item)) throw unknown();
  const { now, requestId } = request;
  const ctx = systemContext(table, { now, requestId, shape: directory.shape });
  return { ctx, form: toRecord(definitionOf('webForm'), item), directory };
}

async function chooseOwner(ctx: Context, directory: Directory, form: AnyRecord): Promise<string | undefined> {
  const colleagues = [...directory.members.values()].map((member) => ({
    id: member.id,
    member,
    roleKey: String(directory.roles.get(String(member['roleId']))?.['key'] ?? ''),
  }));
  const candidates = colleagues.filter(takesLeads).map(({ id }) => id);
  return (await takeTurn(ctx, candidates)) ?? standIn(colleagues, form);
}

/** The page a post came from, without its query: that may hold what its visitor told nobody. */
function pageOf({ headers }: Request): string | undefined {
  try {
    const { origin, pathname, protocol } = new URL(headers['referer'] ?? '');
    return /^https?:$/.test(protocol) ? (origin + pathname).slice(0, LONGEST_PAGE) : undefined;
  } catch {
    return undefined;
  }
}
