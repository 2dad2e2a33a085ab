import type { AnyRecord } from '../../../../shared/kernel/record.ts';

/** Where the replica on disk stands. Types are those that are there whole. */
export interface DiskState {
  readonly position: number;
  readonly epoch: number;
  /** Milliseconds since 1970 when the server was last heard. */
  readonly syncedAt: number;
  readonly types: readonly string[];
}

/** What the feed brought between two positions, or one type whole. Written in one transaction or not at all. */
export interface DiskBatch {
  readonly from: number;
  readonly to: number;
  readonly epoch: number;
  readonly syncedAt: number;
  readonly put: readonly { readonly type: string; readonly record: AnyRecord }[];
  readonly drop: readonly { readonly type: string; readonly id: string }[];
  /** A type that this batch brings whole. */
  readonly whole?: string;
}

/** Keeps records across visits. Its failures are never the user's: without it everything is merely loaded anew. */
export interface Disk {
  open(): Promise<DiskState | undefined>;
  read(type: string): Promise<AnyRecord[]>;
  write(batch: DiskBatch): Promise<void>;
  wipe(): Promise<void>;
}

/** On computers that are not the user's own nothing is kept. */
export const NO_DISK: Disk = {
  open: async () => undefined,
  read: async () => [],
  write: async () => undefined,
  wipe: async () => undefined,
};

/**
 * What becomes of the disk's state with a batch. Two tabs write to one disk: the batch of the one behind is old news, and
 * one that starts beyond what is here would leave a gap.
 */
export function nextState(stored: DiskState | undefined, batch: DiskBatch): DiskState | 'skip' | 'reset' {
  const { from, to, epoch, syncedAt, whole } = batch;
  const own = whole === undefined ? [] : [whole];
  if (!stored) return whole === undefined ? 'skip' : { position: to, epoch, syncedAt, types: own };
  if (stored.epoch > epoch || (stored.epoch === epoch && stored.position > to)) return 'skip';
  if (stored.epoch < epoch || stored.position < from) return 'reset';
  return { position: to, epoch, syncedAt, types: [...new Set([...stored.types, ...own])] };
}
