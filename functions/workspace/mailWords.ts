import * as m from '#messages'; // a namespace of its own: bundles then carry only the words that are used
import type { Values } from '../../shared/kernel/record.ts';
import type { Locale } from '../../shared/kernel/types.ts';
import { findDefinition } from '../../shared/registry.ts';
import { shaped, type Shape } from '../../shared/kernel/shape.ts';
import { milestoneText } from '../../shared/workspace/discussionEffects.ts';
import { layOutMail, senderOf, withoutLinks } from '../services/mailLayout.ts';

type Words = ReturnType<typeof layOutMail>;

/** A company that writes, and from where its pictures are served. */
interface From {
  readonly workspace: Values | undefined;
  readonly site: string;
}
/** Its name in sentences: an outsider's mail program must not make a link of it. */
const nameOf = ({ workspace }: From): string => withoutLinks(String(workspace?.['name'] ?? ''));

/** To whoever wants a new password. */
export function resetMail({ locale, email, link }: { locale: Locale; email: string; link: string }): Words {
  const options = { locale };
  return layOutMail({
    locale,
    subject: m.mail_reset_subject({}, options),
    title: m.mail_reset_subject({}, options),
    blocks: [
      { kind: 'text', text: m.mail_reset_text({ email }, options) },
      { kind: 'button', title: m.mail_reset_action({}, options), url: link },
      { kind: 'text', text: m.mail_reset_validity({}, options) },
    ],
    foot: [m.mail_reset_foot({}, options)],
  });
}

/** What became of somebody's second step: turned on or off by himself, taken away by a recovery code or an administrator. */
export type SecondStepEvent = 'on' | 'off' | 'recovered' | 'reset';

const SECOND_STEP = {
  on: { subject: m.mail_second_step_on_subject, text: m.mail_second_step_on_text },
  off: { subject: m.mail_second_step_off_subject, text: m.mail_second_step_off_text },
  recovered: { subject: m.mail_second_step_off_subject, text: m.mail_second_step_recovered_text },
  reset: { subject: m.mail_second_step_off_subject, text: m.mail_second_step_reset_text },
} as const;

/** To its owner, whoever did it. */
export function secondStepMail({ locale, email, event }: { locale: Locale; email: string; event: SecondStepEvent }): Words {
  const options = { locale };
  const { subject, text } = SECOND_STEP[event];
  return layOutMail({
    locale,
    subject: subject({}, options),
    title: subject({}, options),
    blocks: [{ kind: 'text', text: text({ email }, options) }],
    foot: [m.mail_second_step_foot({}, options)],
  });
}

/** To somebody who may be none of ours: what the inviting side wrote must not become a link in his hands. */
export function inviteMail(about: From & { locale: Locale; inviter: string; email: string; link: string }): Words {
  const { locale, email, link } = about;
  const options = { locale };
  const [inviter, workspace] = [withoutLinks(about.inviter), nameOf(about)];
  return layOutMail({
    locale,
    subject: m.mail_invite_subject({ inviter, workspace }, options),
    title: m.mail_invite_subject({ inviter, workspace }, options),
    blocks: [
      { kind: 'text', text: m.mail_invite_text({ email, workspace }, options) },
      { kind: 'button', title: m.mail_invite_action({}, options), url: link },
      { kind: 'text', text: m.mail_invite_validity({}, options) },
    ],
    foot: [m.mail_invite_foot({}, options)],
    from: senderOf(about.workspace, about.site),
  });
}

/** To an address that somebody gave, who may be somebody else: of what he wrote, nothing stands in it. */
export function applyMail(about: From & { locale: Locale; email: string; link: string }): Words {
  const { locale, email, link } = about;
  const options = { locale };
  const workspace = nameOf(about);
  return layOutMail({
    locale,
    subject: m.mail_apply_subject({ workspace }, options),
    title: m.mail_apply_subject({ workspace }, options),
    blocks: [
      { kind: 'text', text: m.mail_apply_text({ email, workspace }, options) },
      { kind: 'button', title: m.mail_apply_action({}, options), url: link },
      { kind: 'text', text: m.mail_apply_validity({}, options) },
    ],
    foot: [m.mail_apply_foot({}, options)],
    from: senderOf(about.workspace, about.site),
  });
}

/** To who has applied in vain. @param about.reply  what the company wants to say to him */
export function declineMail(about: From & { locale: Locale; reply: string | undefined }): Words {
  const { locale, reply } = about;
  const options = { locale };
  const workspace = nameOf(about);
  return layOutMail({
    locale,
    subject: m.mail_decline_subject({ workspace }, options),
    title: m.mail_decline_subject({ workspace }, options),
    blocks: [
      { kind: 'text', text: m.mail_decline_text({ workspace }, options) },
      ...(reply ? [{ kind: 'text' as const, text: m.mail_decline_reply({ workspace, reply: withoutLinks(reply) }, options) }] : []),
    ],
    foot: [m.mail_decline_foot({ workspace }, options)],
    from: senderOf(about.workspace, about.site),
  });
}

/** What a notification's code says, in a mail. A code without words here is shown in the app alone. */
const NOTICES: Readonly<
  Record<
    string,
    { subject: typeof m.mail_lead_assigned_subject; text: typeof m.mail_lead_assigned_text; action: typeof m.mail_lead_action }
  >
> = {
  leadAssigned: { subject: m.mail_lead_assigned_subject, text: m.mail_lead_assigned_text, action: m.mail_lead_action },
  leadMerged: { subject: m.mail_lead_merged_subject, text: m.mail_lead_merged_text, action: m.mail_lead_action },
  opportunityAssigned: {
    subject: m.mail_opportunity_assigned_subject,
    text: m.mail_opportunity_assigned_text,
    action: m.mail_opportunity_assigned_action,
  },
  activityAssigned: {
    subject: m.mail_activity_assigned_subject,
    text: m.mail_activity_assigned_text,
    action: m.mail_activity_assigned_action,
  },
  activityDone: { subject: m.mail_activity_done_subject, text: m.mail_activity_done_text, action: m.mail_activity_done_action },
  activityReminder: {
    subject: m.mail_activity_reminder_subject,
    text: m.mail_activity_reminder_text,
    action: m.mail_activity_reminder_action,
  },
  mentioned: { subject: m.mail_mentioned_subject, text: m.mail_mentioned_text, action: m.mail_mentioned_action },
  noteAdded: { subject: m.mail_note_added_subject, text: m.mail_note_added_text, action: m.mail_note_added_action },
  followedChanged: { subject: m.mail_followed_changed_subject, text: m.mail_followed_changed_text, action: m.mail_followed_changed_action },
  newsPublished: { subject: m.mail_news_subject, text: m.mail_news_text, action: m.mail_news_action },
  handedOver: { subject: m.mail_handed_over_subject, text: m.mail_handed_over_text, action: m.mail_handed_over_action },
  handoverEnded: { subject: m.mail_handover_ended_subject, text: m.mail_handover_ended_text, action: m.mail_handover_ended_action },
  exportReady: { subject: m.mail_export_ready_subject, text: m.mail_export_ready_text, action: m.mail_export_action },
  exportFailed: { subject: m.mail_export_failed_subject, text: m.mail_export_failed_text, action: m.mail_export_action },
  applicationWaiting: { subject: m.mail_application_subject, text: m.mail_application_text, action: m.mail_application_action },
  churnWarning: { subject: m.mail_churn_warning_subject, text: m.mail_churn_warning_text, action: m.mail_churn_warning_action },
};

/** What somebody wrote, with his name; he may be gone by now. */
const quoteOf = (by: string, text: string, options: { locale: Locale }): string =>
  by ? m.mail_quote({ by, text }, options) : m.mail_quote_alone({ text }, options);

/** A moment as its reader's calendar shows it, or the day alone. */
function momentText(at: string, locale: Locale, zone: string, isDay: boolean): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const parts = { timeZone: zone, ...day, ...(isDay ? {} : time) };
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, parts).format(new Date(at));
}

interface Notice extends From {
  readonly locale: Locale;
  /** The reader's. */
  readonly zone: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  /** How the workspace calls what is told of. */
  readonly shape: Shape;
  readonly link: string;
}

/** What else a notification tells, one line each. */
function detailsOf(params: Readonly<Record<string, string>>, { locale, zone, shape }: Pick<Notice, 'locale' | 'zone' | 'shape'>) {
  const { plannedAt, allDay, customer, outcome, by, text } = params;
  const options = { locale };
  const definition = findDefinition(params['type'] ?? '');
  const moved = milestoneText(definition && shaped(definition, shape), params, locale);
  return [
    ...(plannedAt ? [m.mail_activity_when({ when: momentText(plannedAt, locale, zone, allDay === 'true') }, options)] : []),
    ...(customer ? [m.mail_activity_with({ customer }, options)] : []),
    ...(outcome ? [m.mail_activity_outcome({ outcome }, options)] : []),
    ...(moved === undefined ? [] : [moved]),
    ...(text ? [quoteOf(by ?? '', text, options)] : []),
  ].map((line) => ({ kind: 'text' as const, text: line }));
}

/** @returns undefined for a code that is not mailed */
export function noticeMail(about: Notice): Words | undefined {
  const { locale, code, params, link } = about;
  const options = { locale };
  const notice = Object.hasOwn(NOTICES, code) ? NOTICES[code] : undefined;
  if (!notice) return undefined;
  const name = params['name'] ?? '';
  const subject = notice.subject({ name }, options);
  return layOutMail({
    locale,
    subject,
    title: subject,
    blocks: [
      { kind: 'text', text: notice.text({}, options) },
      ...detailsOf(params, about),
      { kind: 'button', title: notice.action({}, options), url: link },
    ],
    foot: [m.mail_notice_foot({ workspace: String(about.workspace?.['name'] ?? '') }, options)],
    from: senderOf(about.workspace, about.site),
  });
}
