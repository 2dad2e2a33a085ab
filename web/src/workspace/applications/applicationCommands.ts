import type { AnyRecord, Values } from '../../../../shared/kernel/record.ts';
import type { Application } from '../../../../shared/workspace/application.ts';
import { isWaiting } from '../../../../shared/workspace/applications.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { replica } from '../../kernel/replica.svelte.ts';

/** Decides about an application and shows it as it stands then. Asked twice with one key it is one decision. */
export async function decideApplication(id: string, decision: 'approve' | 'decline', body: Values, idempotencyKey: string): Promise<void> {
  replica.accept('application', await api.post<AnyRecord>(`applications/${id}/${decision}`, body, { idempotencyKey }));
  replica.expectNews();
}

/** Those to be decided, the longest waiting first. */
export const waitingOf = (all: readonly Application[], now: string): Application[] =>
  all.filter((one) => isWaiting(one, now)).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
