import { segmentOf, type AnyRecord } from '../../../../shared/kernel/record.ts';
import { ApiError, type Api } from '../api.ts';
import type { Replica } from '../replica/replica.svelte.ts';
import { sendEdit, type Conflict, type Edit, type Sent } from '../replica/send.ts';
import { Disputed } from './outbox.ts';

/**
 * Sends an edit that has waited, perhaps once more: what a try before has done already is done.
 * @throws ApiError, NetworkError; Disputed where somebody has to say whose values count
 */
export async function sendKept(api: Api, replica: Replica, edit: Edit): Promise<Sent> {
  const decide = (conflict: Conflict): never => {
    throw new Disputed({ ...conflict, mayWait: true });
  };
  try {
    return await sendEdit({ api, replica, decide }, edit);
  } catch (error) {
    // Made by a try whose answer was lost, and changed since; or gone already.
    if (edit.kind === 'create' && isCode(error, 'record.exists')) return arrived(api, replica, edit);
    if (edit.kind !== 'remove' || !isCode(error, 'record.notFound')) throw error;
    replica.acceptGone(edit.type, edit.id);
    return { version: 0 };
  }
}

async function arrived(api: Api, replica: Replica, { type, id }: Edit): Promise<Sent> {
  try {
    const record = await api.get<AnyRecord>(`${segmentOf(replica.type(type).definition)}/${id}`);
    replica.accept(type, record);
    return { version: record.version, record };
  } catch (error) {
    if (!isCode(error, 'record.notFound')) throw error;
    return { version: 0 };
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code;
