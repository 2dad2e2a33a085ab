import type { MemberMarks } from '../../../shared/workspace/memberMarks.ts';
import { api } from './connection.svelte.ts';
import { session } from './session.svelte.ts';

/** What pages remember of their reader, on whatever computer he sits. It comes with the session. */
export const marks = {
  /** Reactive. */
  get all(): MemberMarks {
    return session.data?.marks ?? {};
  },

  /** Moves marks forward, at once for whoever looks. @throws ApiError, NetworkError; what stood before is then there again */
  async move(change: MemberMarks): Promise<void> {
    const before = this.all;
    show({ ...before, ...change });
    try {
      show(await api.patch<MemberMarks>('session/marks', change));
    } catch (error) {
      show(before);
      throw error;
    }
  },
};

function show(marks: MemberMarks): void {
  if (session.data) session.data = { ...session.data, marks };
}
