import { isOpen } from '../../../shared/leads/leadStatus.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { definitionOfId } from '../../../shared/registry.ts';

/** Whether this record must never be without a next step: a lead or a deal that is still open. */
export function needsNextStep(record: AnyRecord): boolean {
  switch (definitionOfId(record.id)?.name) {
    case 'opportunity':
      return record['outcome'] === undefined || record['outcome'] === 'open';
    case 'lead':
      return isOpen(record['status']);
    default:
      return false;
  }
}
