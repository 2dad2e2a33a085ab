import { byCode } from '../kernel/order.ts';
import type { LEAD_EVENTS, OPPORTUNITY_EVENTS } from './digest.ts';
import type { JournalRow } from './digestFigures.ts';

type LeadEvent = (typeof LEAD_EVENTS)[number];
type OpportunityEvent = (typeof OPPORTUNITY_EVENTS)[number];

/** A record worth naming, and what for. */
export type Named = { readonly id: string } & (
  | { readonly type: 'lead'; readonly event: LeadEvent }
  | { readonly type: 'opportunity'; readonly event: OpportunityEvent }
  | { readonly type: 'customer'; readonly event: 'new' }
  | { readonly type: 'order'; readonly event: 'confirmed' }
);

/** Metrics that are a reason to be named, the furthest first. */
const REASONS: Readonly<Record<string, Readonly<Record<string, Named['event']>>>> = {
  opportunity: { won: 'won', lost: 'lost', created: 'new', moved: 'moved' },
  order: { confirmed: 'confirmed' },
  lead: { converted: 'converted', working: 'working', created: 'new' },
  customer: { created: 'new' },
};
/** In turns in this order, so that a day of many new leads still names what was won. */
const SECTIONS = [
  ['opportunity', 'won'],
  ['order', 'confirmed'],
  ['lead', 'converted'],
  ['opportunity', 'lost'],
  ['opportunity', 'new'],
  ['customer', 'new'],
  ['lead', 'new'],
  ['opportunity', 'moved'],
  ['lead', 'working'],
] as const;

/**
 * The records worth naming, section by section in turns, the latest of each first. A record is named once, for the
 * furthest it came.
 */
export function pickNamed(rows: readonly JournalRow[], most: number): Named[] {
  const latest = [...rows].sort((a, b) => byCode(b.at, a.at) || byCode(b.id, a.id));
  const reasons = new Map<string, { readonly type: string; readonly id: string; readonly rank: number }>();
  for (const { type, id, metrics } of latest) {
    const rank = Object.keys(REASONS[type] ?? {}).findIndex((metric) => metrics[metric]);
    const known = reasons.get(id);
    if (rank >= 0 && (!known || rank < known.rank)) reasons.set(id, { type, id, rank });
  }
  const of = (type: string, event: string): Named[] =>
    [...reasons.values()].flatMap((one) =>
      one.type === type && Object.values(REASONS[type]!)[one.rank] === event ? [{ type, id: one.id, event } as Named] : [],
    );
  const sections = SECTIONS.map(([type, event]) => of(type, event));
  const picked: Named[] = [];
  for (let round = 0; picked.length < most && sections.some((section) => round < section.length); round++)
    picked.push(...sections.flatMap((section) => section.slice(round, round + 1)));
  return picked.slice(0, most);
}
