import { ACTIONS, GROUPS, type Rights } from '../../shared/kernel/access.ts';
import type { HomeFigures } from '../../shared/insight/figures.ts';
import type { CustomField } from '../../shared/kernel/customFields.ts';
import type { Shape } from '../../shared/kernel/shape.ts';
import type { MemberMarks } from '../../shared/workspace/memberMarks.ts';
import { shapeOf } from '../../shared/workspace/shapeOf.ts';
import { PlayedRecords } from './playedRecords.ts';
import type { ApiAnswer, ApiRequest } from './site.ts';

/** Rights to everything, as an owner has them. */
const EVERYTHING: Rights = {
  grants: Object.fromEntries(GROUPS.map((group) => [group, Object.fromEntries(ACTIONS.map((action) => [action, 'all' as const]))])),
};

/** What is told of the workspace before anybody is signed in. */
const BRAND = { name: 'Qingshan Tea', languages: ['en', 'zh-CN'], language: 'zh-CN' };
const PASSWORD = 'correct horse battery';

/** The part of the server that signing in needs, as a machine with a few switches. */
export class PlayedApi {
  signedIn = true;
  /** The access token that counts; another one gets 401. */
  token = 'token-1';
  rights: Rights = EVERYTHING;
  member = { id: 'mem_1', name: 'Lin Wang', email: 'lin@tea.example' };
  members = [
    { id: 'mem_1', name: 'Lin Wang', active: true },
    { id: 'mem_2', name: 'Maria Silva', active: true },
  ];
  customFields: CustomField[] = [];
  demo = false;
  /** What pages remember of him; absent: a session without them, which shows no first steps. */
  marks: MemberMarks | undefined;
  figures: HomeFigures = {
    ...{ from: '2026-03-01', to: '2026-03-02', before: { from: '2026-02-01', to: '2026-02-02' } },
    figures: { newLeads: { now: { count: 0 }, before: { count: 0 } } },
  };
  readonly records = new PlayedRecords();
  workspaces = [
    { id: 'wsp_1', name: 'Qingshan Tea' },
    { id: 'wsp_2', name: 'Harbour Foods' },
  ];

  readonly answer = (request: ApiRequest): ApiAnswer => {
    switch (`${request.method} ${request.path}`) {
      case 'POST auth/refresh':
        return this.signedIn ? this.#tokens() : refuse(401, 'auth.session');
      case 'POST auth/sign-in':
        if ((request.body as { password: string }).password !== PASSWORD) return refuse(401, 'auth.credentials');
        this.signedIn = true;
        return this.#tokens();
      case 'POST auth/sign-up':
        this.signedIn = true;
        return this.#tokens();
      case 'POST auth/sign-out':
      case 'POST auth/sign-out-everywhere':
        this.signedIn = false;
        return { status: 204 };
      case 'POST auth/forgot':
        return { status: 202 };
      case 'POST audit/exports':
        return { status: 204 };
      case 'POST auth/reset':
        return (request.body as { token: string }).token === 'good' ? { status: 204 } : refuse(400, 'auth.token');
      case 'POST auth/invitation':
        return (request.body as { token: string }).token === 'good' ? { body: BRAND } : refuse(400, 'auth.token');
      case 'POST auth/application-page':
        return (request.body as { code: string }).code === 'open' ? { body: BRAND } : refuse(404, 'application.closed');
      case 'POST auth/apply':
        return { status: 202, body: {} };
      case 'POST auth/confirm-application':
        return (request.body as { token: string }).token === 'good'
          ? { body: { outcome: 'waiting', until: '2026-04-01T09:00:00.000Z' } }
          : refuse(400, 'auth.token');
      case 'GET figures':
        return { body: this.figures };
      case 'GET session':
        return request.headers.authorization === `Bearer ${this.token}` ? { body: this.#session(request) } : refuse(401, 'token.expired');
      case 'PATCH session/marks':
        return { body: (this.marks = { ...this.marks, ...(request.body as MemberMarks) }) };
      default:
        if (request.headers.authorization !== `Bearer ${this.token}`) return refuse(401, 'token.expired');
        this.records.shape = this.#shape();
        return this.records.answer(request) ?? refuse(404, 'record.notFound');
    }
  };

  #shape(): Shape {
    return { ...shapeOf((type) => this.records.all(type)), customFields: this.customFields };
  }

  #tokens(): ApiAnswer {
    return { body: { accessToken: this.token, expiresIn: 900 } };
  }

  #session({ headers }: ApiRequest): unknown {
    const { id, name } = this.workspaces.find((workspace) => workspace.id === headers['x-workspace']) ?? this.workspaces[0]!;
    return {
      member: this.member,
      workspace: { id, name, currency: 'CNY', zone: 'Asia/Shanghai', ...(this.demo ? { demo: true } : {}) },
      workspaces: this.workspaces,
      rights: this.rights,
      team: [],
      span: [],
      members: this.members,
      shape: this.#shape(),
      feed: { position: this.records.position, epoch: this.records.epoch },
      ...(this.marks ? { marks: this.marks } : {}),
    };
  }
}

const refuse = (status: number, code: string): ApiAnswer => ({ status, body: { code, requestId: 'req-1' } });
