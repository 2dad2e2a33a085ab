import { decidesOnPeople } from '../../shared/workspace/memberRules.ts';
import type { Change } from '../records/follow.ts';
import { actorOf, type Directory } from '../runtime/directory.ts';
import { enqueueEffects } from '../services/effectsQueue.ts';
import { seenBy } from './sendEffects.ts';

/**
 * Tells whoever decides about people of somebody who has applied for an account. A correction of what he has said tells
 * nothing.
 * @throws AppError queue.unavailable (503)
 */
export async function tellDeciders(tenant: string, directory: Directory, changes: readonly Change[]): Promise<void> {
  const applied = changes.filter((change) => {
    const { before, after } = change.type === 'application' ? seenBy(change) : {};
    return after?.['status'] === 'waiting' && before?.['status'] !== 'waiting';
  });
  if (!applied.length) return;
  const deciders = [...directory.members.keys()].filter((id) => {
    const actor = actorOf(directory, id);
    return actor !== undefined && decidesOnPeople(actor);
  });
  await enqueueEffects(
    applied.flatMap(({ type, id, version, at, after }) =>
      deciders.map((memberId) => ({
        ...{ tenant, type, id, version, at, requestId: String(after?.['requestId'] ?? '') },
        effect: {
          kind: 'notify' as const,
          memberId,
          code: 'applicationWaiting',
          params: {},
          recordType: type,
          recordId: id,
          asReader: true as const,
        },
      })),
    ),
  );
}
