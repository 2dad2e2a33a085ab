import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Play from '@lucide/svelte/icons/play';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import { m } from '#messages';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { customer } from '../../../shared/customers/customer.ts';
import { LEAD_STATUSES } from '../../../shared/leads/lead.ts';
import { isOpen } from '../../../shared/leads/leadStatus.ts';
import { wording } from '../../../shared/kernel/types.ts';
import { choosing } from '../kernel/atHand.svelte.ts';
import { reportError } from '../kernel/errors.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { change } from '../records/actions.ts';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import { mayWrite, typeOf } from '../records/types.ts';
import type { Action } from '../ui/menu.ts';
import { conversion } from './conversion.svelte.ts';
import ConvertHost from './ConvertHost.svelte';
import LeadBadge from './LeadBadge.svelte';
import LeadNotice from './LeadNotice.svelte';
import { STATUS_TONES } from './leadWords.ts';
import './refusals.ts';
import SubmissionsPanel from './SubmissionsPanel.svelte';

/** Converting writes the lead and makes a customer: both rights are needed, and all fields of the lead. */
const mayConvert = (record: AnyRecord): boolean =>
  isOpen(record['status']) && mayWrite(typeOf('lead'), 'status', record) && session.may('create', customer);

const setStatus = (record: AnyRecord, status: string) => (): void =>
  void change(typeOf('lead'), record, { status }).catch((error: unknown) => reportError(error));

/** Asks for the status; becoming a customer is the conversion's alone. */
const changingStatus = (record: AnyRecord): Action =>
  choosing({
    title: m.leads_status_change,
    icon: CircleDot,
    keys: 's',
    minor: true,
    choices: () =>
      LEAD_STATUSES.filter(({ key }) => key !== 'converted').map(({ key, label }) => ({
        title: () => wording(label, i18n.locale),
        current: record['status'] === key,
        run: () => void (record['status'] !== key && setStatus(record, key)()),
      })),
  });

function actionsOf(record: AnyRecord): Action[] {
  const { status } = record;
  const writes = mayWrite(typeOf('lead'), 'status', record);
  return [
    ...(mayConvert(record) ? [{ title: m.leads_convert, icon: ArrowRightLeft, run: () => conversion.ask(record) }] : []),
    ...(writes && status === 'new' ? [{ title: m.leads_take_up, icon: Play, run: setStatus(record, 'working') }] : []),
    ...(writes && status === 'working' ? [{ title: m.leads_qualify, icon: CircleCheck, run: setStatus(record, 'qualified') }] : []),
    ...(writes && isOpen(status) ? [{ title: m.leads_dismiss, icon: CircleSlash, run: setStatus(record, 'unqualified') }] : []),
    ...(writes && status !== 'converted' ? [changingStatus(record)] : []),
    ...(writes && status === 'unqualified' ? [{ title: m.leads_reopen, icon: RotateCcw, run: setStatus(record, 'working') }] : []),
  ];
}

const extension: RecordExtension = {
  tones: { status: STATUS_TONES },
  actions: actionsOf,
  badge: LeadBadge,
  notice: LeadNotice,
  panel: SubmissionsPanel,
  listed: ['submission'],
  host: ConvertHost,
  emptyText: m.leads_empty,
  timeline: {
    'lead.submitted': ({ form, message }) =>
      message
        ? m.leads_submitted_quote({ form: String(form ?? ''), message: String(message) })
        : m.leads_submitted({ form: String(form ?? '') }),
  },
};

export default extension;
