import type { Mailbox } from '../mail/mailbox.ts';
import type { Api, ApiClient } from './apiClient.ts';
import { departments, emailOf, firm, owner, password, staff, type Colleague } from './people.ts';
import type { Language } from './steps.ts';

/** Ids of the web forms by their language. */
export type Forms = Readonly<Record<Language, string>>;

type Page = { items: { id: string; version: number; key?: string; parentId?: string }[] };
type Ids = ReadonlyMap<string, string>;

/** The first hour: the owner signs up, sets up departments, a field of the firm's own and the forms of its site, invites. */
export async function openFirm(api: Api, mail: Mailbox): Promise<Forms> {
  const { language, zone } = firm;
  const account = { email: emailOf(owner), password, name: owner.name };
  await api.call('POST', 'auth/sign-up', { ...account, workspaceName: firm.name, locale: language, zone });
  const mei = api.as(emailOf(owner));
  const { member } = await mei.call<{ member: { id: string } }>('GET', 'session');
  // Whoever signs up alone sells too; here others do.
  await mei.call('PATCH', `members/${member.id}`, { takesLeads: false, post: owner.post }, { 'if-match': '1' });
  const roleIds = new Map((await mei.call<Page>('GET', 'roles')).items.map(({ id, key }) => [key!, id]));
  const departmentIds = await makeDepartments(mei);
  await mei.call('POST', 'custom-fields', {
    on: 'customer',
    key: 'kgPerMonth',
    nameEn: 'Coffee per month (kg)',
    nameZh: '每月用量（公斤）',
    fieldKind: 'number',
  });
  const forms = { en: await makeForm(mei, 'en', 'Website · contact'), 'zh-CN': await makeForm(mei, 'zh-CN', '官网 · 联系我们') };
  for (const colleague of staff) await join(api, mei, mail, colleague, { roleIds, departmentIds });
  return forms;
}

async function makeDepartments(mei: ApiClient): Promise<Ids> {
  const root = (await mei.call<Page>('GET', 'departments')).items[0]!.id;
  const made = new Map([['root', root]]);
  for (const [key, name] of Object.entries(departments))
    made.set(key, (await mei.call<{ id: string }>('POST', 'departments', { name, parentId: root })).id);
  return made;
}

const makeForm = async (mei: ApiClient, language: Language, name: string): Promise<string> =>
  (await mei.call<{ id: string }>('POST', 'web-forms', { name, language, active: true })).id;

/** An invitation by mail, and the colleague following its link. */
async function join(
  api: Api,
  mei: ApiClient,
  mail: Mailbox,
  colleague: Colleague,
  ids: { roleIds: Ids; departmentIds: Ids },
): Promise<void> {
  const email = emailOf(colleague);
  const { name, post, language, takesLeads } = colleague;
  await mei.call('POST', 'members/invite', {
    email,
    name,
    post,
    language,
    roleId: ids.roleIds.get(colleague.role)!,
    departmentId: ids.departmentIds.get(colleague.department)!,
    zone: firm.zone,
    ...(takesLeads ? { takesLeads } : {}),
  });
  await api.call('POST', 'auth/accept-invite', { token: await mailedToken(mail, email), password, name });
}

async function mailedToken(mail: Mailbox, to: string): Promise<string> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const token = mail.list({ to }).flatMap(({ text }) => /\/invite#([\w-]+)/.exec(text ?? '')?.[1] ?? [])[0];
    if (token) return token;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no invitation in the inbox of ${to}`);
}
