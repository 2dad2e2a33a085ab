import type { AnyRecord } from './record.ts';

/** One change of one record as a rule sees it: absent is a record that was not there before, or is not there any more. */
export interface RecordChange {
  readonly type: string;
  readonly before?: AnyRecord | undefined;
  readonly after?: AnyRecord | undefined;
}

/** Something the world outside of the table should hear of because a record changed. Plain data: it travels by queue. */
export interface Effect {
  /** Tells one member, in the app and by mail. */
  readonly kind: 'notify';
  readonly memberId: string;
  /** An option of the notification's `code`; worded on the reader's side with `params`. */
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly recordType: string;
  readonly recordId: string;
  /** Where he hears of it; in both places unless said otherwise. */
  readonly by?: 'app' | 'mail';
  /** Only while he may read the record, whose name is then told as he may see it. */
  readonly asReader?: true;
}

/** What follows from a change; pure. Asked again on a retry, so the same change must give the same effects. */
export type EffectRule = (change: RecordChange) => readonly Effect[];
