import { type Answered, cookieOf, openAuthHost, PASSWORD, tokenIn } from '../support/authHost.ts';

interface Listed {
  readonly items: readonly (Answered & { readonly key: string })[];
}

/** A workspace as its owner has it: his access token, and ids of its roles by their keys. */
interface Firm {
  readonly token: string;
  readonly roles: Map<string, string>;
  readonly email: string;
  readonly cookie: string;
}

/** A host with a workspace, which is the one meant where no other token is named. */
export async function openStaff() {
  const host = await openAuthHost();
  let made = 0;

  async function newWorkspace(more = {}): Promise<Firm> {
    const email = `owner${++made}@shop.test`;
    const form = { email, password: PASSWORD, name: '韩梅梅', workspaceName: '青山茶业', locale: 'zh-CN', zone: 'Asia/Shanghai', ...more };
    const reply = await host.post('/auth/sign-up', form, { address: `10.2.0.${made}` });
    const token = reply.body.accessToken;
    const { body } = (await host.call('GET', '/roles', { token })) as unknown as { body: Listed };
    return { token, email, cookie: cookieOf(reply), roles: new Map(body.items.map(({ key, id }) => [key, id])) };
  }
  const meant = { firm: await newWorkspace() };

  const call = (method: string, path: string, token: string, body?: unknown, headers = {}) =>
    host.call(method, path, { token, ...(body === undefined ? {} : { body }), headers });
  const newAddress = () => `person${++made}@shop.test`;
  /** Invites, reads the mail, and gives the token in it. */
  async function invite(token: string, more: object = {}) {
    const email = newAddress();
    const reply = await call('POST', '/members/invite', token, { email, roleId: meant.firm.roles.get('sales'), language: 'en', ...more });
    return { email, reply, id: reply.body.id, link: host.mails().length ? tokenIn(host.mails().at(-1)!) : '' };
  }
  const accept = (link: string, more: object = {}, options = {}) =>
    host.post('/auth/accept-invite', { token: link, password: PASSWORD, name: 'Lucy', ...more }, options);
  async function colleague(role: string, token = meant.firm.token): Promise<{ id: string; token: string; email: string }> {
    const { link, id, email } = await invite(token, { roleId: meant.firm.roles.get(role) });
    return { id, email, token: (await accept(link)).body.accessToken };
  }
  const versionOf = async (id: string, token = meant.firm.token) => String((await call('GET', `/members/${id}`, token)).body.version);
  const change = async (id: string, body: unknown, token = meant.firm.token) =>
    call('PATCH', `/members/${id}`, token, body, { 'if-match': await versionOf(id) });

  return Object.assign(meant, { host, newWorkspace, call, newAddress, invite, accept, colleague, change });
}
