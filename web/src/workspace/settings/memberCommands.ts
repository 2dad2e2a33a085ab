import { m } from '#messages';
import type { AnyRecord, Values } from '../../../../shared/kernel/record.ts';
import type { Member } from '../../../../shared/workspace/member.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { reportError } from '../../kernel/errors.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

/** Sends a command about a member and shows him as he stands then. */
async function send(path: string, body: Values = {}, idempotencyKey?: string): Promise<void> {
  replica.accept('member', await api.post<AnyRecord>(`members/${path}`, body, idempotencyKey ? { idempotencyKey } : { repeatable: true }));
  replica.expectNews();
}

/** Mails somebody a link to join, in his language. Asked twice with one key it is one invitation. */
export const inviteMember = (invitation: Values, idempotencyKey: string): Promise<void> => send('invite', invitation, idempotencyKey);

/** A new link by mail; the one before no longer works. */
export const inviteAgain = (id: string): Promise<void> => send(`${id}/invite-again`, {}, crypto.randomUUID());

/** Shuts a member out, invitations included, or lets him in again; the toast takes it back. Never throws. */
export async function enable({ id, name }: Pick<Member, 'id' | 'name'>, enabled: boolean, undoing = false): Promise<void> {
  try {
    await send(`${id}/${enabled ? 'enable' : 'disable'}`);
    const done = enabled ? () => m.settings_member_enabled({ name }) : () => m.settings_member_disabled({ name });
    if (undoing) toasts.show(done);
    else toasts.showUndo(done, () => enable({ id, name }, !enabled, true));
  } catch (error) {
    reportError(error);
  }
}

/** When and from where a member last signed in. */
export interface SignInSeen {
  readonly id: string;
  readonly at: string;
  readonly times: number;
  /** For those who decide about people, and of oneself. */
  readonly address?: string;
}

/** Takes the second step of signing in away from who has lost his app and his codes. */
export const resetTwoStep = (id: string): Promise<void> => send(`${id}/reset-two-step`);
