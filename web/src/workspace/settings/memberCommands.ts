import type { Values } from '../../../../shared/kernel/record.ts';
import type { Member } from '../../../../shared/workspace/member.ts';
import { api } from '../../kernel/connection.svelte.ts';

/** Sends somebody a link to join, in his language. Asked twice with one key it is one invitation. */
export const inviteMember = (invitation: Values, idempotencyKey: string): Promise<Member> =>
  api.post<Member>('members/invite', invitation, { idempotencyKey });

/** A new link by mail; the one before no longer works. */
export const inviteAgain = (id: string): Promise<unknown> =>
  api.post(`members/${id}/invite-again`, {}, { idempotencyKey: crypto.randomUUID() });
