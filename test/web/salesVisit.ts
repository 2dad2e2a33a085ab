/** A member at the pages of sales, in front of a played server whose commands follow the rules of sales. */
import { beforeEach, expect } from 'vitest';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { closeChange, reopenChange, type CloseWish } from '../../shared/sales/opportunityClose.ts';
import { opportunityRulesIn } from '../../shared/sales/opportunityRules.ts';
import { pipelinesOf } from '../../shared/sales/pipelines.ts';
import { STAGES } from '../../shared/sales/stages.ts';
import { orderChange, orderRules, type OrderCommand } from '../../shared/sales/orderRules.ts';
import { stageHistory } from '../../shared/sales/stageHistory.ts';
import type { Look } from '../support/page.ts';
import type { ApiAnswer, ApiRequest } from '../support/site.ts';
import { useVisits } from '../support/visit.ts';

const STANDARD = pipelinesOf([])[0]!;
const opportunityRules = opportunityRulesIn([STANDARD]);

const TODAY = '2026-03-02';
const NOW = `${TODAY}T02:00:00.000Z`;

export const ME = 'mem_00000000000000000000000001';
export const MARIA = 'mem_00000000000000000000000002';
/** Two cores may be busy with something else; still before the test itself gives up, so that it says what it waited for. */
const PATIENCE_MS = 15_000;

export const visit = useVisits();
export let tea: AnyRecord;
export let blend: AnyRecord;
export let deal: AnyRecord;
/** The deal as it stood earlier, oldest first. */
export let earlier: AnyRecord[] = [];
/** With a number in it, the next is one higher. */
let orders = 0;

beforeEach(() => {
  orders = 0;
  earlier = [];
  const { api } = visit;
  const { records } = api;
  api.member.id = records.me = ME;
  api.members = [
    { id: ME, name: 'Lin Wang', active: true },
    { id: MARIA, name: 'Maria Silva', active: true },
  ];
  tea = records.add('customer', { name: 'Qingshan Tea House' });
  records.add('contact', { name: 'Li Lei', customerId: tea.id, position: 'Buyer' });
  blend = records.add('product', { name: 'House blend', unit: 'kg', price: { minor: 12_800, currency: 'CNY' }, active: true });
  records.add('product', { name: 'House blend, old', price: { minor: 100, currency: 'CNY' }, active: false });
  deal = records.add('opportunity', {
    title: 'Coffee corner',
    customerId: tea.id,
    stage: 'solution',
    outcome: 'open',
    successRate: 50,
    amount: { minor: 2_000_000, currency: 'CNY' },
    stageSince: NOW,
    competitors: [{ name: 'Blue Peak' }],
  });
  visit.command = answer;
});

const stored = (type: string, id: string): AnyRecord => visit.api.records.get(type, id)!;
const put = (type: string, id: string, change: Values): AnyRecord => visit.api.records.change(type, id, change, ME);

/** As the stores of deals and orders do: what follows from a change is written with it. */
function answer({ method, path, body, headers }: ApiRequest): ApiAnswer | undefined {
  const [segment, id = '', command] = path.split('/');
  if (segment === 'opportunities' && id && method === 'PATCH') return updated('opportunity', id, body as Values, headers['if-match']);
  if (segment === 'orders' && id && method === 'PATCH') return updated('order', id, body as Values, headers['if-match']);
  if (method === 'GET' && command === 'stages')
    return {
      body: stageHistory(
        [...earlier, stored('opportunity', id)],
        new Date().toISOString(),
        STAGES.map(({ key }) => key),
      ),
    };
  if (segment === 'opportunities' && method === 'POST' && command) return ofDeal(stored('opportunity', id), command, body as Values);
  if (segment === 'orders' && method === 'POST' && command)
    return { body: put('order', id, orderChange(stored('order', id), command as OrderCommand, TODAY)) };
  return undefined;
}

function updated(type: 'opportunity' | 'order', id: string, change: Values, version: unknown): ApiAnswer | undefined {
  const before = stored(type, id);
  if (before.version !== Number(version)) return undefined;
  const whole = { ...before, ...change };
  const after = type === 'order' ? orderRules.derive(whole) : opportunityRules.derive(whole, before, NOW);
  return { body: put(type, id, { ...change, ...after }) };
}

function ofDeal(before: AnyRecord, command: string, body: Values): ApiAnswer | undefined {
  const { records } = visit.api;
  const close = (change: Values): ApiAnswer => {
    const whole = opportunityRules.derive({ ...before, ...change }, before, NOW);
    return { body: put('opportunity', before.id, { ...change, ...whole, ...('closedAt' in whole ? {} : { closedAt: null }) }) };
  };
  switch (command) {
    case 'close':
      return close(closeChange(STANDARD, before, body as unknown as CloseWish));
    case 'reopen':
      return close(reopenChange(STANDARD, before));
    case 'clone': {
      const { id: _id, version: _version, ...values } = before;
      return { status: 201, body: records.add('opportunity', { ...values, stage: 'firstContact' }, { id: String(body['id']) }) };
    }
    case 'order': {
      const values = orderRules.derive({ customerId: before['customerId'], lines: before['lines'], currency: 'CNY' });
      const order = records.add('order', { ...values, number: `O-2026-${++orders}`, opportunityId: before.id });
      return { body: { order, opportunity: put('opportunity', before.id, { orderIds: [order.id] }) } };
    }
    default:
      return undefined;
  }
}

export async function open(path: string, look?: Look): Promise<void> {
  await visit.open(path, look);
  visit.page.setDefaultTimeout(PATIENCE_MS);
}
export const dealNow = (): AnyRecord => stored('opportunity', deal.id);
export const eventually = <T>(read: () => T) => expect.poll(read);
export const dialog = () => visit.page.getByRole('dialog');
export const press = (name: string): Promise<void> => dialog().getByRole('button', { name, exact: true }).click();
/** From the menu beside the main action. */
export async function choose(name: string): Promise<void> {
  await visit.page.getByRole('button', { name: 'More', exact: true }).click();
  await visit.page.getByRole('menuitem', { name, exact: true }).click();
}
