import type { Instant } from '../kernel/types.ts';
import type { Device } from './device.ts';

/** What the log can be asked for: people's coming and going, their second step, what left the house, who may do what. */
export const AUDIT_KINDS = ['signIn', 'twoStep', 'export', 'people', 'structure'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** How long the log remembers. Thirteen months: a year can be compared with the one before. */
export const AUDIT_DAYS = 400;

export type AuditEvent =
  /** signIn */
  | 'signedIn'
  | 'joined'
  | 'refused'
  | 'signedOut'
  | 'signedOutEverywhere'
  | 'sessionEnded'
  | 'otherSessionsEnded'
  /** twoStep */
  | 'on'
  | 'off'
  | 'recovered'
  | 'reset'
  | 'codesRenewed'
  /** export */
  | 'exported'
  | 'exportedInBrowser'
  /** people: somebody who applied for an account */
  | 'approved'
  | 'declined'
  /** people, structure: versions of records, from their own history */
  | 'created'
  | 'updated'
  | 'removed'
  | 'restored'
  | 'expired'
  /** people: what somebody held, to others and back */
  | 'handedOver'
  | 'takenBack';

/** One line of the log. It names people and records by their ids and never says what stands in them. */
export interface AuditRow {
  readonly id: string;
  readonly at: Instant;
  readonly kind: AuditKind;
  readonly event: AuditEvent;
  /** The member who did it, or whose account it was. */
  readonly by: string;
  readonly address?: string;
  readonly device?: Device;
  /** What was changed or exported. */
  readonly on?: { readonly type: string; readonly id?: string };
  /** Names of the fields that changed. */
  readonly fields?: readonly string[];
  /** How many records were exported, or changed hands. */
  readonly count?: number;
}

/** Under which kind a change of a governing type stands: people and their roles, or how the workspace is set up. */
export const auditKindOf = (type: string): AuditKind => (type === 'member' || type === 'role' ? 'people' : 'structure');
