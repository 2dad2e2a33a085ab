/** A member at the generic pages, in front of a played server that has three customers, one of them with a contact. */
import type { Page } from 'playwright-core';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';
import { beforeEach, expect } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Look } from '../support/page.ts';
import type { PlayedApi } from '../support/playedApi.ts';
import type { PlayedRecords } from '../support/playedRecords.ts';
import { useVisits } from '../support/visit.ts';

export const ME = 'mem_00000000000000000000000001';
export const MARIA = 'mem_00000000000000000000000002';
/** Two cores may be busy with something else, and a limit is not a measurement. */
const PATIENCE = { timeout: 15_000, interval: 20 };

const visit = useVisits();
export let api: PlayedApi;
export let server: PlayedRecords;
/** Of the test under way, once it has opened one. */
export let page: Page;
export let tea: AnyRecord;

beforeEach(() => {
  api = visit.api;
  api.customFields = [
    {
      id: 'fld_1',
      on: 'customer',
      key: 'grade',
      label: { en: 'Tea grade', zh: '茶叶等级' },
      fieldKind: 'choice',
      options: [
        { key: 'first', label: { en: 'First', zh: '一级' } },
        { key: 'second', label: { en: 'Second', zh: '二级' } },
      ],
    },
  ];
  api.member.id = ME;
  api.members = [
    { id: ME, name: 'Lin Wang', active: true },
    { id: MARIA, name: 'Maria Silva', active: true },
  ];
  server = api.records;
  server.me = ME;
  server.colleague = MARIA;
  server.shape = { ...NO_SHAPE, customFields: api.customFields };
  const at = (day: number) => ({ createdAt: `2026-03-0${day}T02:00:00.000Z` });
  server.add('customer', { name: 'Ångström & Søn', industry: 'retail' }, { ...at(1), ownerId: MARIA });
  server.add('customer', { name: '杭州云栖科技有限公司', industry: 'technology', x_grade: 'first' }, at(2));
  tea = server.add(
    'customer',
    { name: 'Qingshan Tea House', industry: 'retail', size: 'small', phones: ['+86 138 0013 8000'], emails: ['info@tea.example'] },
    at(3),
  );
  server.add('contact', { name: 'Li Lei', customerId: tea.id, position: 'Buyer' });
});

export async function open(at: string, look?: Look): Promise<void> {
  await visit.open(at, look);
  page = visit.page;
  page.setDefaultTimeout(PATIENCE.timeout);
}
export const path = (): string => decodeURIComponent(visit.at());
export const origin = (): string => visit.site.url;
export const requests = () => visit.site.requests;
export const sent = (method: string) => requests().filter((request) => request.method === method && !request.path.startsWith('auth'));
export const rows = (): Promise<string[]> =>
  page.locator('[role="row"] a').evaluateAll((links) => links.map((link) => link.textContent.trim()));
export const eventually = <T>(read: () => T) => expect.poll(read, PATIENCE);
export const names = () => eventually(rows);
export const row = (name: string) => page.getByRole('row').filter({ hasText: name });
/** The page comes to the front, and asks for what has changed. */
export const focus = (): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('focus')));
