import { m } from '#messages';
import { type AuditEvent, type AuditKind, type AuditRow } from '../../../../shared/workspace/audit.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { labelOf, typeLabel, typeOf } from '../../records/types.ts';

export const KIND_WORDS: Readonly<Record<AuditKind, () => string>> = {
  signIn: m.workspace_audit_kind_sign_in,
  twoStep: m.workspace_two_step,
  export: m.workspace_audit_kind_export,
  people: m.workspace_audit_kind_people,
  structure: m.workspace_audit_kind_structure,
};

type Words = (row: AuditRow) => string;

const EVENT_WORDS: Readonly<Record<AuditEvent, Words>> = {
  signedIn: () => m.workspace_audit_signed_in(),
  joined: () => m.workspace_audit_joined(),
  refused: () => m.workspace_audit_refused(),
  signedOut: () => m.workspace_audit_signed_out(),
  signedOutEverywhere: () => m.workspace_audit_everywhere(),
  sessionEnded: () => m.workspace_audit_session_ended(),
  otherSessionsEnded: () => m.workspace_audit_others_ended(),
  on: () => m.workspace_audit_two_step_on(),
  off: () => m.workspace_audit_two_step_off(),
  recovered: () => m.workspace_audit_recovered(),
  reset: ({ on }) => m.workspace_audit_reset({ name: session.nameOf(on?.id) }),
  codesRenewed: () => m.workspace_audit_codes(),
  exported: ({ on, count = 0 }) => m.workspace_audit_exported({ what: nameOfType(on, 'many'), count: i18n.formats.number(count) }),
  approved: ({ on }) => m.workspace_audit_approved({ name: session.nameOf(on?.id) }),
  declined: () => m.workspace_audit_declined(),
  handedOver: ({ on, count = 0 }) => m.workspace_audit_handed_over({ name: session.nameOf(on?.id), count: i18n.formats.number(count) }),
  takenBack: ({ on, count = 0 }) => m.workspace_audit_taken_back({ name: session.nameOf(on?.id), count: i18n.formats.number(count) }),
  exportedInBrowser: ({ on, count = 0 }) =>
    m.workspace_audit_exported_here({ what: nameOfType(on, 'many'), count: i18n.formats.number(count) }),
  created: (row) => m.workspace_audit_created({ what: nameOf(row) }),
  updated: (row) =>
    row.fields?.length
      ? m.workspace_audit_updated({ what: nameOf(row), fields: fieldsOf(row) })
      : m.workspace_audit_touched({ what: nameOf(row) }),
  removed: (row) => m.workspace_audit_removed({ what: nameOf(row) }),
  restored: (row) => m.workspace_audit_restored({ what: nameOf(row) }),
  expired: (row) => m.workspace_audit_removed({ what: nameOf(row) }),
};

/** What happened, as a sentence. Read it in markup, so that it follows the language. */
export const auditText = (row: AuditRow): string => EVENT_WORDS[row.event](row);

export const actorName = ({ by }: AuditRow): string => session.nameOf(by) || m.workspace_audit_somebody();

function nameOfType(on: AuditRow['on'], number: 'one' | 'many'): string {
  const definition = on && typeOf(on.type);
  return definition ? typeLabel(definition, number) : (on?.type ?? '');
}

function nameOf({ on }: AuditRow): string {
  const type = nameOfType(on, 'one');
  const name = on?.type === 'member' ? session.nameOf(on.id) : '';
  return name ? m.workspace_audit_named({ type, name }) : type;
}

function fieldsOf({ on, fields = [] }: AuditRow): string {
  const definition = on && typeOf(on.type);
  return i18n.formats.list(fields.map((name) => (definition && Object.hasOwn(definition.fields, name) ? labelOf(definition, name) : name)));
}
