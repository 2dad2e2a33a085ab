import { can, type AccessGroup, type Action, type Actor, type Rights } from '../../../shared/kernel/access.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { yearStartOf } from '../../../shared/kernel/periods.ts';
import type { Shape } from '../../../shared/kernel/shape.ts';
import type { MemberMarks } from '../../../shared/workspace/memberMarks.ts';
import type { Locale } from '../../../shared/kernel/types.ts';
import { offeredLanguages, standardLanguage } from '../../../shared/workspace/languages.ts';
import type { Logo } from '../../../shared/workspace/logo.ts';
import { ApiError, NetworkError } from './api.ts';
import { api, connection } from './connection.svelte.ts';
import { i18n } from './i18n.svelte.ts';
import { keptSession } from './keptSession.ts';
import { stored } from './stored.ts';

/** Answer of `GET /session`: who is here, in which workspace, and what he may do. */
export interface SessionData {
  readonly member: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly roleId?: string;
    readonly departmentId?: string;
    readonly language?: Locale;
    readonly zone?: string;
    readonly twoStepSince?: string;
  };
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly currency: string;
    readonly zone: string;
    /** Month in which the fiscal year begins: `01` … `12`. */
    readonly fiscalYearStart?: string;
    /** Of who has chosen none, and which there are to choose from; absent: all. */
    readonly language?: Locale;
    readonly languages?: readonly Locale[];
    readonly logo?: Logo;
    /** People may apply for an account. */
    readonly applyOpen?: boolean;
    /** What it holds is made up. */
    readonly demo?: boolean;
    /** Who has no second step is asked to set it up before anything else. */
    readonly twoStepRequired?: boolean;
  };
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  readonly rights: Rights;
  /** Members beside whose records this person's own stand, by the reaches of the rights. */
  readonly team: readonly string[];
  readonly span: readonly string[];
  /** Everybody of the workspace, by name only. */
  readonly members: readonly Colleague[];
  /** What the workspace has made of the record types. */
  readonly shape: Shape;
  readonly feed: { readonly position: number; readonly epoch: number };
  /** What pages remember of him; absent in what an older release kept. */
  readonly marks?: MemberMarks;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface SignIn {
  email: string;
  password: string;
  /** What the authenticator app shows, or one of the codes kept for its loss. */
  code?: string;
  recoveryCode?: string;
}

export interface SignUp {
  email: string;
  password: string;
  name: string;
  workspaceName: string;
  code?: string;
}

/** `left`: its user wanted it so. `ended`: the server no longer takes it, and he may come back. */
export type Ending = 'left' | 'ended';

interface Tokens {
  accessToken: string;
  expiresIn: number;
}

const anonymous = { anonymous: true } as const;

/** Who is signed in. The access token is the API client's; the refresh token a cookie no script can read. */
class Session {
  status = $state<'starting' | 'in' | 'out' | 'unreachable'>('starting');
  data = $state.raw<SessionData | undefined>();
  /** What is known is of a visit before: this one began without a network, and the server has not been heard yet. */
  isKept = false;
  #beginnings = new Set<() => void>();
  #endings = new Set<(how: Ending) => void | Promise<void>>();
  #tabs = new BroadcastChannel('regulars:session');

  constructor() {
    connection.onSignedOut(() => void this.#end('ended'));
    connection.onBack(() => void this.#catchUp());
    this.#tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === 'out') void this.#end('left');
      // Somebody signed in beside us: this page may hold another's rights and records.
      else if (this.status !== 'in' || data.memberId !== this.data?.member.id) location.reload();
    });
  }

  /** Finds out whether there is a session. Never throws. */
  async start(): Promise<void> {
    api.hold({ workspace: stored.get('workspace') ?? undefined });
    try {
      if (await api.renew()) await this.load();
      else {
        keptSession.forget();
        this.status = 'out';
      }
    } catch (error) {
      const kept = error instanceof NetworkError && this.privateComputer ? keptSession.read(Date.now()) : undefined;
      if (!kept) return void (this.status = 'unreachable');
      this.isKept = true;
      this.#take(kept);
    }
  }

  /** After a start without a network: whether the session still stands, and what it says now. Never throws. */
  async #catchUp(): Promise<void> {
    // A session that has ended is told of by the client; without an answer the next return of the network tries again.
    if (this.isKept) await this.load().catch(() => undefined);
  }

  /** Reads the session anew, e.g. after rights have changed. */
  async load(): Promise<void> {
    try {
      this.#hear(await api.get<SessionData>('session'));
    } catch (error) {
      // The workspace chosen last time may be gone, or closed to this person.
      if (!(error instanceof ApiError) || error.status === 401 || !stored.get('workspace')) throw error;
      this.#choose(undefined);
      this.#hear(await api.get<SessionData>('session'));
    }
  }

  /**
   * @param privateComputer  false: records stay in memory and nothing is kept on this computer
   * @throws ApiError auth.codeRequired where a second step is asked for: then once more, with its code
   */
  async signIn(proof: SignIn, privateComputer: boolean): Promise<void> {
    const body = { ...proof, keep: privateComputer };
    await this.#begin(await api.post<Tokens>('auth/sign-in', body, anonymous), privateComputer);
  }

  async signUp(form: SignUp): Promise<void> {
    const body = { ...form, locale: i18n.locale, zone: i18n.zone };
    await this.#begin(await api.post<Tokens>('auth/sign-up', body, anonymous), true);
  }

  async acceptInvite(invited: { token: string; name: string; password: string; code?: string }): Promise<void> {
    await this.#begin(await api.post<Tokens>('auth/accept-invite', invited, anonymous), true);
  }

  forgotPassword(email: string): Promise<void> {
    return api.post('auth/forgot', { email }, anonymous);
  }

  resetPassword(token: string, password: string): Promise<void> {
    return api.post('auth/reset', { token, password }, anonymous);
  }

  /** @param everywhere  ends the sessions of all other devices too */
  async signOut(everywhere = false): Promise<void> {
    await api.post(everywhere ? 'auth/sign-out-everywhere' : 'auth/sign-out');
    this.#tell({ kind: 'out' });
    await this.#end('left');
  }

  switchWorkspace(id: string): void {
    this.#choose(id);
    // Another workspace is another world: nothing of this page may survive.
    location.assign('/');
  }

  /** Whether some record of the group may be touched so; which one is a question for `shared/kernel/access`. */
  can(action: Action, group: AccessGroup): boolean {
    const reach = this.data?.rights.grants[group]?.[action];
    return reach !== undefined && reach !== 'none';
  }

  /** The workspace lets him in nowhere before he signs in by two steps. */
  readonly barred: boolean = $derived(this.data?.workspace.twoStepRequired === true && this.data.member.twoStepSince === undefined);

  /** Month in which the workspace's fiscal year begins, 1 … 12. */
  readonly yearStart: number = $derived(yearStartOf(this.data?.workspace));

  /** Who asks, for `shared/kernel/access`; nobody before the session is known. */
  readonly actor: Actor | undefined = $derived.by(() => {
    const data = this.data;
    if (!data) return undefined;
    return { memberId: data.member.id, roleKey: '', rights: data.rights, team: new Set(data.team), span: new Set(data.span) };
  });

  /** Whether this person may do it to the record, or, without one, to any record of the type. */
  may(action: Action, definition: Pick<RecordDefinition, 'access'>, record?: Owned): boolean {
    return this.actor !== undefined && can(this.actor, action, definition, record);
  }

  /** Name of a member; empty for one who is not of this workspace. */
  nameOf(memberId: string | undefined): string {
    return this.data?.members.find(({ id }) => id === memberId)?.name ?? '';
  }

  /** Changes what a member may change of himself; mails then follow it too. */
  async saveProfile(change: Readonly<Record<string, unknown>>): Promise<void> {
    const path = `members/${this.data?.member.id}`;
    const { version } = await api.get<{ version: number }>(path);
    await api.patch(path, change, { version });
    await this.load();
  }

  /** Records may stay on this computer's disk. */
  get privateComputer(): boolean {
    return stored.get('private') === 'yes';
  }

  /** Whose computer this is decides where records may lie, so the page starts anew with the answer. */
  async setPrivateComputer(isPrivate: boolean): Promise<void> {
    stored.set('private', isPrivate ? 'yes' : null);
    if (!isPrivate) await this.#wipe('left');
    location.reload();
  }

  /** Runs when a session begins, before anything of it is drawn; at once when there is one. */
  onStart(begin: () => void): void {
    this.#beginnings.add(begin);
    if (this.data) begin();
  }

  /** Runs when the session ends, before the sign-in page shows: whoever keeps data of the session wipes it here. */
  onEnd(wipe: (how: Ending) => void | Promise<void>): void {
    this.#endings.add(wipe);
  }

  async #begin({ accessToken }: Tokens, privateComputer: boolean): Promise<void> {
    stored.set('private', privateComputer ? 'yes' : null);
    api.hold({ accessToken });
    await this.load();
    if (this.data) this.#tell({ kind: 'in', memberId: this.data.member.id });
  }

  async #end(how: Ending): Promise<void> {
    if (this.status === 'out') return;
    api.hold({ accessToken: undefined });
    this.data = undefined;
    this.status = 'out';
    await this.#wipe(how);
  }

  async #wipe(how: Ending): Promise<void> {
    keptSession.forget();
    await Promise.allSettled([...this.#endings].map((wipe) => wipe(how)));
  }

  #hear(data: SessionData): void {
    this.isKept = false;
    this.#take(data);
    if (this.privateComputer) keptSession.keep(data, Date.now());
  }

  #take(data: SessionData): void {
    const begins = this.data === undefined;
    this.data = data;
    api.hold({ workspace: data.workspace.id });
    if (data.member.zone) i18n.zone = data.member.zone;
    // A language chosen on this computer wins over the profile's.
    if (data.member.language && !stored.get('locale')) i18n.set(data.member.language);
    i18n.offer(offeredLanguages(data.workspace), standardLanguage(data.workspace));
    if (begins) for (const begin of this.#beginnings) begin();
    this.status = 'in';
  }

  #choose(id: string | undefined): void {
    stored.set('workspace', id ?? null);
    api.hold({ workspace: id });
  }

  #tell(message: TabMessage): void {
    this.#tabs.postMessage(message);
  }
}

type Owned = { readonly id?: string; readonly ownerId?: string | undefined };
type TabMessage = { kind: 'out' } | { kind: 'in'; memberId: string };

export const session = new Session();
