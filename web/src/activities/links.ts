import { ACTIVITY_LINKS } from '../../../shared/activities/nextActivity.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';

export type Links = { readonly [Link in (typeof ACTIVITY_LINKS)[number]]?: string };

/**
 * Whom and what an activity on this record concerns: the record itself, and those it belongs to.
 * @param isThere  whether a record that it names may be linked to; what is out of sight would be refused
 */
export function linksOf(type: string, record: AnyRecord, isThere: (type: string, id: string) => boolean): Links {
  const links: Record<string, string> = {};
  for (const link of ACTIVITY_LINKS) {
    const to = link.slice(0, -'Id'.length);
    const id = to === type ? record.id : record[link];
    if (typeof id === 'string' && (to === type || isThere(to, id))) links[link] = id;
  }
  return links;
}
