/** What callers were told, to be held against what is there in the end. */
import type { AnyRecord } from '../../shared/kernel/record.ts';

export interface Told {
  readonly tenant: string;
  readonly type: string;
  readonly id: string;
  readonly memberId: string;
  readonly atMs: number;
}

/** A record as a writer was answered. */
export interface ToldRecord extends Told {
  readonly record: AnyRecord;
}

/** A record that its remover was told is gone, from a version. */
export interface ToldGone extends Told {
  readonly from: number;
}

/** A visitor's post of a form, as often as he sent it. */
export interface Post {
  readonly tenant: string;
  readonly formId: string;
  /** What he was told, if he was told anything. */
  readonly receipt: string | undefined;
}

/** A wish that was refused, and the version it would have made. */
export interface Refused {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly refusedMs: number;
  readonly what: string;
}

/** A note that somebody wrote, and what he was told. */
export interface WrittenNote {
  readonly tenant: string;
  readonly type: string;
  /** The record it stands under. */
  readonly on: string;
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly isAcknowledged: boolean;
}

/** A file that somebody announced, what was asked about it since, and what he was told. */
export interface SentFile {
  readonly tenant: string;
  readonly type: string;
  /** The record it stands under. */
  readonly on: string;
  readonly id: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether somebody has asked to have it taken, or taken away. */
  completion?: 'asked' | 'told';
  removal?: 'asked' | 'told';
}

export class Ledger {
  readonly files: SentFile[] = [];
  /** Workspaces whose owner has asked for the removal of their demo. */
  readonly clearings = new Set<string>();
  readonly notes: WrittenNote[] = [];
  /** Members who have asked to follow a record. */
  readonly follows: { readonly tenant: string; readonly id: string; readonly memberId: string }[] = [];
  readonly refused: Refused[] = [];
  readonly posts: Post[] = [];
  readonly written: ToldRecord[] = [];
  readonly removed: ToldGone[] = [];
  /** Wishes to close an activity by its command. */
  readonly closings = new Set<string>();
  private readonly known = new Map<string, AnyRecord>();

  wrote(told: ToldRecord): void {
    this.written.push(told);
    this.saw(told.tenant, told.type, told.record);
  }

  gone(told: ToldGone): void {
    this.removed.push(told);
    this.known.delete(nameOf(told.tenant, told.type, told.id));
  }

  /** Somebody read a record: others may name it from now on. */
  saw(tenant: string, type: string, record: AnyRecord): void {
    const name = nameOf(tenant, type, record.id);
    if ((this.known.get(name)?.version ?? 0) < record.version) this.known.set(name, record);
  }

  /** Records of a type that somebody of the workspace has seen, as he saw them. */
  seen(tenant: string, type: string): AnyRecord[] {
    const start = nameOf(tenant, type, '');
    return [...this.known].filter(([name]) => name.startsWith(start)).map(([, record]) => record);
  }
}

const nameOf = (tenant: string, type: string, id: string): string => `${tenant}|${type}|${id}`;
