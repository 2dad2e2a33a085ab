import { m } from '#messages';
import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { newId } from '../../kernel/newId.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { router } from '../../kernel/router.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

/** What a member holds of a type, in one way: as its owner, or named by a field. */
export interface Held {
  readonly type: string;
  readonly field: string;
  readonly count: number;
  /** Of them, those about which there is something left to do. */
  readonly open?: number;
}
export interface PastHandover {
  readonly id: string;
  readonly to: string;
  readonly at: string;
  readonly count: number;
  readonly state: 'running' | 'ended';
  readonly takenBack: boolean;
}
/** Answer of `GET /members/{id}/hand-over`. */
interface HandoverPreview {
  readonly held: readonly Held[];
  readonly past: readonly PastHandover[];
}

export const readHandover = (memberId: string): Promise<HandoverPreview> => api.get(`members/${memberId}/hand-over`);

/** Sends a job on its way, and leads to where its progress is seen. */
async function begin(path: string, body: object, told: () => string): Promise<void> {
  const job = await api.post<AnyRecord>(path, body, { repeatable: true });
  replica.accept('job', job);
  replica.expectNews();
  toasts.show(told, {
    tone: 'good',
    action: { title: m.company_handover_see, run: () => void router.goto(`/jobs/${job.id}`) },
  });
}

interface Wish {
  /** The job's: sent twice, it is one. */
  readonly id: string;
  readonly to: string;
  readonly types: Readonly<Record<string, string>>;
  readonly disable: boolean;
}

/** Hands over what a member holds. @throws ApiError, NetworkError */
export const beginHandover = (memberId: string, { types, ...wish }: Wish, told: () => string): Promise<void> =>
  begin(`members/${memberId}/hand-over`, { ...wish, ...(Object.keys(types).length ? { types } : {}) }, told);

/** Takes a hand-over back: what still belongs to whom it was given goes back. @throws ApiError, NetworkError */
export const takeBack = (memberId: string, handover: string): Promise<void> =>
  begin(`members/${memberId}/hand-over/take-back`, { id: newId('job'), handover }, m.company_handover_taking_back);
