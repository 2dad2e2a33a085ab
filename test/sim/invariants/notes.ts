import type { Values } from '../../../shared/kernel/record.ts';
import type { Invariant } from './facts.ts';

/** A note whose writer was told so stands in its record's timeline as he wrote it; and none stands there twice. */
export const notesAreKept: Invariant = ({ firm, ledger, items }) =>
  ledger.notes
    .filter(({ tenant }) => tenant === firm.tenant)
    .flatMap(({ type, on, id, text, isAcknowledged }) => {
      const rows = items(`${type}#${on}`, 'L#')
        .map(({ row }) => row as Values)
        .filter((row) => row['id'] === id);
      if (rows.length > 1) return [`note ${id} stands ${rows.length} times under ${on}`];
      if (!isAcknowledged) return [];
      const stands = (rows[0]?.['params'] as Values | undefined)?.['text'];
      return stands === text ? [] : [`note ${id} under ${on} says ${String(stands)}, not ${text}`];
    });
