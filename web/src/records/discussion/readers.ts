import { segmentOf } from '../../../../shared/kernel/record.ts';
import { definitionOf } from '../../../../shared/registry.ts';
import { api } from '../../kernel/connection.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';

/** Names by id of those whom a note under a record may mention, oneself left out. */
export async function readersOf(type: string, id: string): Promise<ReadonlyMap<string, string>> {
  const { items } = await api.get<{ items: readonly { id: string }[] }>(`${segmentOf(definitionOf(type))}/${id}/readers`);
  const others = items.filter((reader) => reader.id !== session.data?.member.id);
  return new Map(others.map((reader) => [reader.id, session.nameOf(reader.id)] as const).filter(([, name]) => name));
}
