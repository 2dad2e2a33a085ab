import type { Invariant } from './facts.ts';

/** Types of what belongs to the workspace itself; all others are what its demo is made of. */
const KEPT = new Set([
  ...['workspace', 'member', 'role', 'department', 'application'],
  ...['customField', 'valueList', 'recordForm', 'pipeline', 'sharedView', 'webForm'],
]);
const BY = 'clear-demo-';

/** Once its removal was asked for, nothing of a demo is left, nothing else has gone, and it is a demo no longer. */
export const demosAreCleared: Invariant = ({ firm, store, ledger, commits, live }) => {
  const steps = store.changes.filter(({ key }) => key.pk === `T#${firm.tenant}#J#clear-demo`);
  const [begun, last] = [steps[0], steps.at(-1)?.after];
  const cleared = commits.filter(({ item, removed }) => removed && String(item['requestId']).startsWith(BY));
  if (!begun || !last) return cleared.map(({ id }) => `${id} was cleared, which nobody asked for`);
  const since = String(last['since']);
  // Clocks disagree: what was written after it began may be dated before. What lay in the bin may come back.
  const wasThere = new Set(commits.filter(({ version, atMs }) => version === 1 && atMs <= begun.atMs).map(({ id }) => id));
  for (const { id, before, atMs } of commits) if (before?.['removed'] === true && atMs > begun.atMs) wasThere.delete(id);
  const isOfDemo = (item: Readonly<Record<string, unknown>>): boolean =>
    !KEPT.has(String(item['type'])) && String(item['createdAt']) <= since;
  const home = live.find(({ definition }) => definition.name === 'workspace');
  return [
    ...(ledger.clearings.has(firm.tenant) ? [] : ['a demo is cleared, which nobody asked for']),
    ...(last['state'] === 'done' ? [] : [`the demo is ${String(last['state'])} for ever`]),
    ...((home?.item['data'] as Record<string, unknown>)['demo'] === undefined ? [] : ['a demo is one still when it was cleared']),
    ...live
      .filter(({ id, item }) => isOfDemo(item) && wasThere.has(id))
      .map(({ definition, id }) => `${definition.name} ${id} of the demo is left`),
    ...cleared
      .filter(({ item }) => !isOfDemo(item))
      .map(({ definition, id }) => `${definition.name} ${id} was cleared, and is none of the demo`),
  ];
};
