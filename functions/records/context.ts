import type { Actor } from '../../shared/kernel/access.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { shaped, type Shape } from '../../shared/kernel/shape.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** Everything a use case is given: whose workspace, who acts, when, and what it may touch. Nothing is ambient. */
export interface Context {
  readonly table: TenantTable;
  readonly actor: Actor;
  /** Access epoch at which the actor's rights were read; those of the system never change. */
  readonly epoch: number;
  readonly now: Instant;
  /** Names the request through records, stream, queues, ledger and logs. */
  readonly requestId: string;
  /** Same for every repeat of one wish (the caller's Idempotency-Key); a repeat of what is already written succeeds. */
  readonly writeId: string;
  /** What the workspace has made of the record types, as it stood at `epoch`. */
  readonly shape: Shape;
  readonly activeMembers: ReadonlySet<string>;
  /** In which zone the actor's days begin, in which month the workspace's years, and in which currency it counts where no other is named. */
  readonly home: { readonly zone: string; readonly currency: string | undefined; readonly yearStart: number };
  readonly random: (bytes: number) => Uint8Array;
}

/** The type as this workspace knows it: own fields, own lists. */
export const typeOf = ({ shape }: Pick<Context, 'shape'>, name: string): RecordDefinition => shaped(definitionOf(name), shape);

export const newId = (ctx: Pick<Context, 'now' | 'random'>, prefix: string): string => makeId(prefix, toMs(ctx.now), ctx.random(10));
