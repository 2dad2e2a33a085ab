import { toMs } from '../kernel/dates.ts';
import type { AnyRecord } from '../kernel/record.ts';
import type { Instant } from '../kernel/types.ts';

/** One stay of a deal at a stage while it was open. */
export interface StageStay {
  readonly stage: string;
  readonly since: Instant;
  /** Absent while it goes on. */
  readonly until?: Instant;
  readonly ms: number;
  /** How it came to its end. */
  readonly ended?: 'moved' | 'won' | 'lost';
  /** Who brought the deal there. */
  readonly by: string;
}
export interface StageHistory {
  readonly items: readonly StageStay[];
  /** Time at each stage, all stays together, in the order of the pipeline. */
  readonly totals: readonly { readonly stage: string; readonly ms: number }[];
}

/**
 * Where a deal has been and for how long; time after its end is nowhere.
 * @param versions  the deal as it stood after each of its changes, oldest first
 * @param order  keys of stages in the order in which they are told; others that it has been at follow
 */
export function stageHistory(versions: readonly AnyRecord[], now: Instant, order: readonly string[]): StageHistory {
  const items: StageStay[] = [];
  let open: Pick<StageStay, 'stage' | 'since' | 'by'> | undefined;
  const end = (until: Instant, ended: StageStay['ended']): void => {
    if (open) items.push({ ...open, until, ms: span(open.since, until), ...(ended ? { ended } : {}) });
    open = undefined;
  };
  for (const { stage, outcome, updatedAt: at, updatedBy: by } of versions) {
    if (outcome === 'won' || outcome === 'lost') end(at, outcome);
    else if (open?.stage !== stage) {
      end(at, 'moved');
      open = { stage: String(stage), since: at, by };
    }
  }
  if (open) items.push({ ...open, ms: span(open.since, now) });
  const totalAt = (key: string): number => items.reduce((sum, { stage, ms }) => sum + (stage === key ? ms : 0), 0);
  const keys = new Set([...order, ...items.map(({ stage }) => stage)]);
  return { items, totals: [...keys].map((key) => ({ stage: key, ms: totalAt(key) })).filter(({ ms }) => ms > 0) };
}

/** Clocks of machines differ: never less than nothing. */
const span = (from: Instant, to: Instant): number => Math.max(0, toMs(to) - toMs(from));
