import { replica } from '../kernel/replica.svelte.ts';
import { api } from '../kernel/connection.svelte.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';

/** What the lead becomes: `{id}` names a record that is there, other values make a new one, false makes none. */
export interface ConversionWish {
  readonly customer: Values;
  readonly contact: Values | false;
  /** None where it is left out. */
  readonly opportunity?: Values;
  readonly allowDuplicate: boolean;
}

interface Converted {
  readonly lead: AnyRecord;
  readonly customer: AnyRecord;
  readonly contact?: AnyRecord;
  readonly opportunity?: AnyRecord;
}

class Conversion {
  /** The lead whose dialog is open. */
  lead = $state.raw<AnyRecord | undefined>();

  ask(lead: AnyRecord): void {
    this.lead = lead;
  }

  end(): void {
    this.lead = undefined;
  }

  /**
   * Safe to send again: the same wish finds what it has made.
   * @throws ApiError lead.converted, duplicate.possible, record.stale (409); input.invalid with issues under `customer.`, `contact.` and `opportunity.`
   */
  async send(lead: AnyRecord, wish: ConversionWish): Promise<Converted> {
    const made = await api.post<Converted>(`leads/${lead.id}/convert`, wish, { version: lead.version, repeatable: true });
    replica.accept('lead', made.lead);
    replica.accept('customer', made.customer);
    if (made.contact) replica.accept('contact', made.contact);
    if (made.opportunity) replica.accept('opportunity', made.opportunity);
    replica.expectNews();
    return made;
  }
}

export const conversion = new Conversion();
