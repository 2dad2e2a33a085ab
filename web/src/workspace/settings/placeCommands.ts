import type { AnyRecord } from '../../../../shared/kernel/record.ts';
import type { PlaceType } from '../../../../shared/workspace/place.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { reportError } from '../../kernel/errors.ts';
import { replica } from '../../kernel/replica.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { toasts } from '../../kernel/toasts.svelte.ts';

/** Who stands in a role or a department: answer of `GET /roles/{id}/remove`. */
interface Occupied {
  readonly members: number;
  readonly active: number;
  readonly below: number;
}

export const readOccupied = (type: PlaceType, id: string): Promise<Occupied> => api.get(`${type}s/${id}/remove`);

/**
 * Removes a role or a department, after everybody in it has gone to another; the toast brings all of that back.
 * @param wish  names it: sent twice, it is one
 * @throws ApiError, NetworkError
 */
export async function removePlace(
  type: PlaceType,
  { id, version }: { readonly id: string; readonly version: number },
  movesTo: string | undefined,
  wish: string,
  told: () => string,
): Promise<void> {
  const body = movesTo === undefined ? {} : { movesTo };
  const { moved } = await api.post<{ moved: string[] }>(`${type}s/${id}/remove`, body, { version, idempotencyKey: wish });
  await seeAnew();
  toasts.showUndo(told, async () => {
    try {
      const back = { moved, ...(movesTo === undefined ? {} : { movedTo: movesTo }) };
      replica.accept(type, await api.post<AnyRecord>(`${type}s/${id}/bring-back`, back, { repeatable: true }));
      await seeAnew();
    } catch (error) {
      reportError(error);
    }
  });
}

/** Who stands where has changed, and with it what everybody may see: oneself, too. */
async function seeAnew(): Promise<void> {
  replica.expectNews();
  await session.load();
}
