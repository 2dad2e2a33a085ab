import { newsEffects } from '../../shared/workspace/newsEffects.ts';
import type { Change } from '../records/follow.ts';
import { activeMembersOf, type Directory } from '../runtime/directory.ts';
import { enqueueEffects } from '../services/effectsQueue.ts';
import { seenBy } from './sendEffects.ts';

/**
 * Tells all members of what was published. At least once: the receiver knows a repeat, and who reads no more.
 * @throws AppError queue.unavailable (503)
 */
export async function tellNews(tenant: string, directory: Directory, changes: readonly Change[]): Promise<void> {
  const messages = changes.flatMap((change) => {
    const { type, id, version, at } = change;
    const requestId = String(change.after?.['requestId'] ?? '');
    const effects = type === 'news' ? newsEffects(seenBy(change), activeMembersOf(directory)) : [];
    return effects.map((effect) => ({ tenant, effect, type, id, version, at, requestId }));
  });
  await enqueueEffects(messages);
}
