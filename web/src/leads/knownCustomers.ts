import { normaliseEmail, phoneKey } from '../../../shared/kernel/fields/index.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { foldText } from '../../../shared/kernel/text.ts';

const listOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** What tells one firm or person from another: numbers, addresses, and the name as it is heard. */
function marksOf(record: AnyRecord, name: unknown): string[] {
  return [
    ...listOf(record['phones']).map((phone) => `phone ${phoneKey(phone)}`),
    ...listOf(record['emails']).map((email) => `email ${normaliseEmail(email)}`),
    ...(typeof name === 'string' ? [`name ${foldText(name)}`] : []),
  ];
}

/**
 * Customers that the lead may be already: with a number, an address or the name of it, themselves or one of their
 * contacts. Only what this reader sees; the server knows of all.
 */
export function findKnownCustomers(lead: AnyRecord, customers: readonly AnyRecord[], contacts: readonly AnyRecord[]): AnyRecord[] {
  const marks = new Set(marksOf(lead, lead['company'] ?? lead['name']));
  const shares = (record: AnyRecord, name: unknown): boolean => marksOf(record, name).some((mark) => marks.has(mark));
  const through = new Set(contacts.filter((contact) => shares(contact, undefined)).map((contact) => contact['customerId']));
  return customers.filter((customer) => through.has(customer.id) || shares(customer, customer['name']));
}
