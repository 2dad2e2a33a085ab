import { read } from '@e965/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_LIST } from '../../../functions/records/audit.ts';
import { cancelJob, startExport, type ExportStep } from '../../../functions/records/exportJob.ts';
import { runExport } from '../../../functions/records/runExport.ts';
import type { EffectMessage } from '../../../functions/services/effectsQueue.ts';
import { fileKey, searchKey } from '../../../functions/table/keys.ts';
import { bucketOf } from '../../../shared/kernel/searchText.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';

const [MANAGER, SELLER] = [1, 2];
const NOW = '2026-03-02T10:00:00.000Z';
const rightsOf = (role: string) => DEFAULT_ROLES.find(({ key }) => key === role)!.rights;

/** A firm whose manager leads one seller; each owns customers, and the object store is a map. */
async function office() {
  const db = memoryDatabase();
  const desk = deskOn(db);
  const people = [
    { n: MANAGER, role: 'salesManager', department: 'sales' as const, name: 'Mara' },
    { n: SELLER, role: 'sales', department: 'sales' as const, name: 'Sam' },
    { n: 3, role: 'sales', department: 'service' as const, name: 'Out of reach' },
  ];
  const firm = await makeFirm(desk, 'firm', people, { zone: 'UTC', currency: 'EUR' });
  const customers: [string, number][] = [
    ['=HYPERLINK("x")', MANAGER],
    ['Berg', SELLER],
    ['Aal', SELLER],
    ['Elsewhere', 3],
  ];
  for (const [i, [name, owner]] of customers.entries())
    await firm.create(NOW, 'customer', idOf('cus', i + 1), { name, ...(i ? { industry: 'other' } : {}) }, memberId(owner));
  const files = new Map<string, Uint8Array>();
  const queue: ExportStep[] = [];
  const told: EffectMessage[] = [];
  const send = async (step: ExportStep) => void queue.push(step);
  const tools = {
    send,
    tell: async (effects: readonly EffectMessage[]) => void told.push(...effects),
    store: async (key: string, bytes: Uint8Array) => void files.set(key, bytes),
    fetch: async (key: string) => files.get(key)!,
  };
  const as = (n: number, role: string) => ({
    ...desk.as('firm', n, { rights: rightsOf(role), span: [MANAGER, SELLER], team: [MANAGER, SELLER] }),
  });
  const manager = as(MANAGER, 'salesManager');
  const asked = (more: object = {}) => ({
    ...{ id: idOf('job', 1), recordType: 'customer', format: 'csv', name: 'Customers', locale: 'en' },
    ...{ columns: ['name', 'ownerId'], sort: 'name', ...more },
  });
  const step = (): ExportStep => ({ kind: 'export', tenant: 'firm', id: idOf('job', 1), now: NOW });
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await runExport(db, next, tools);
  };
  const job = async () => (await firm.itemOf('job', idOf('job', 1)))?.['data'] as Record<string, unknown> | undefined;
  return { db, desk, firm, files, queue, told, tools, as, manager, asked, send, step, work, job };
}
let o: Awaited<ReturnType<typeof office>>;
beforeEach(async () => void (o = await office()));

const text = (key: string): string => Buffer.from(o.files.get(key)!).toString();
const FILE = `firm/job/${idOf('job', 1)}/file`;

describe('an export', () => {
  it('writes what its reader reaches, in his order and words, and runs no formula', async () => {
    await startExport(o.manager, o.asked(), o.send);
    expect(await o.job()).toMatchObject({ state: 'queued', fileName: 'Customers.csv' });
    await o.work();

    expect(text(FILE)).toBe(`\ufeffName,Owner\r\n"'=HYPERLINK(""x"")",Mara\r\nAal,Sam\r\nBerg,Sam\r\n`);
    expect(await o.job()).toMatchObject({ state: 'done', doneCount: 3, totalCount: 3, size: o.files.get(FILE)!.length });
    expect(o.told).toMatchObject([
      { effect: { code: 'exportReady', memberId: memberId(MANAGER), params: { name: 'Customers.csv', count: '3' }, recordType: 'job' } },
    ]);
  });

  it('keeps to the filter, and to the day on which it was asked for', async () => {
    await startExport(o.manager, o.asked({ filter: { field: 'industry', op: 'is', value: 'other' } }), o.send);
    await o.work();

    expect(text(FILE)).not.toContain('HYPERLINK');
    expect(text(FILE)).toContain('Berg');
  });

  it('holds what its words find, and what only the search finds by them', async () => {
    const aal = idOf('cus', 3);
    const { pk, sk } = searchKey(bucketOf('guangming'), 'guangming', 'customer', aal);
    const words = { open: 'guangming' };
    await o.manager.table.put({ pk, sk, type: 'customer', id: aal, ownerId: memberId(SELLER), words, summary: { title: 'Aal' } });

    const rowsFor = async (q: string, n: number): Promise<string[]> => {
      await startExport(o.manager, o.asked({ id: idOf('job', n), q, columns: ['name'] }), o.send);
      await o.work();
      return text(`firm/job/${idOf('job', n)}/file`)
        .trim()
        .split('\r\n')
        .slice(1);
    };
    expect(await rowsFor('ber', 1)).toEqual(['Berg']);
    expect(await rowsFor('guangming', 2)).toEqual(['Aal']);
    expect(await rowsFor('  ', 3)).toHaveLength(3);
    expect(await rowsFor('nobody', 4)).toEqual([]);
  });

  it('leaves a row in the log, its file for a week, and nothing of its parts', async () => {
    await startExport(o.manager, o.asked(), o.send);
    await o.work();

    const { items } = await o.manager.table.query({ pk: fileKey('job', idOf('job', 1), '').pk, startsWith: 'F#' });
    const madeAt = Date.parse(o.manager.now) / 1000;
    expect(items).toMatchObject([{ sk: 'F#file', expiresAt: Math.floor(madeAt) + 7 * 86_400 }]);
    const log = await o.manager.table.query({ index: 'byType', pk: AUDIT_LIST });
    expect(log.items.map(({ entry }) => entry)).toContainEqual(
      expect.objectContaining({ kind: 'export', by: memberId(MANAGER), on: { type: 'customer' }, count: 3 }),
    );
  });

  it('as a workbook has typed cells', async () => {
    await startExport(o.manager, o.asked({ format: 'xlsx', columns: ['name', 'createdAt'] }), o.send);
    await o.work();

    const cells = read(o.files.get(FILE)!).Sheets['Customers']!;
    expect(cells['A2']).toMatchObject({ t: 's', v: '=HYPERLINK("x")' });
    expect(cells['B2']).toMatchObject({ t: 'n', w: '2026-03-02 10:00' });
  });

  it('delivered twice, at the same time or later, is one file and one word of it', async () => {
    await startExport(o.manager, o.asked(), o.send);
    await startExport(o.manager, o.asked(), o.send);
    await Promise.all(o.queue.splice(0).map((step) => runExport(o.db, step, o.tools)));
    await o.work();
    const bytes = text(FILE);
    await runExport(o.db, o.step(), o.tools);

    expect(text(FILE)).toBe(bytes);
    expect(bytes.match(/Berg/g)).toHaveLength(1);
    expect(o.told).toHaveLength(1);
  });

  it('goes on where it died', async () => {
    await startExport(o.manager, o.asked(), o.send);
    const dying = { ...o.tools, send: () => Promise.reject(new Error('dies')) };
    await expect(runExport(o.db, o.queue.shift()!, dying)).rejects.toThrow('dies');
    await runExport(o.db, o.step(), o.tools);

    expect(await o.job()).toMatchObject({ state: 'done', totalCount: 3 });
  });

  it('given up writes no file', async () => {
    await startExport(o.manager, o.asked(), o.send);
    await cancelJob(o.manager, idOf('job', 1));
    await o.work();

    expect(await o.job()).toMatchObject({ state: 'cancelled' });
    expect(o.files.size).toBe(0);
    expect(await cancelJob(o.manager, idOf('job', 1))).toMatchObject({ state: 'cancelled' });
  });

  it('fails, with a word, when its reader has left', async () => {
    await startExport(o.manager, o.asked(), o.send);
    await o.firm.change(NOW, 'member', memberId(MANAGER), { status: 'disabled' });
    await o.work();

    expect(await o.job()).toMatchObject({ state: 'failed', fault: 'export.left' });
    expect(o.told).toMatchObject([{ effect: { code: 'exportFailed' } }]);
  });
});

describe('an export is refused', () => {
  const refusals: readonly [what: string, more: object, issue: object][] = [
    ['with a column that is not there', { columns: ['name', 'secret'] }, { field: 'columns.1', code: 'field.unknown' }],
    ['with a column that no table shows', { columns: ['constructor'] }, { field: 'columns.0' }],
    ['sorted by what is not there', { sort: '-nothing' }, { field: 'sort' }],
    ['with no column', { columns: [] }, { field: 'columns' }],
    ['of a type that is not there', { recordType: 'constructor' }, { field: 'recordType' }],
    ['in another format', { format: 'pdf' }, { field: 'format' }],
    ['with a filter that is none', { filter: { field: 'nothing', op: 'is', value: 1 } }, {}],
    ['with more words than anybody types', { q: 'a'.repeat(201) }, { field: 'q', code: 'text.tooLong' }],
    ['under a path', { name: '../etc' }, { field: 'name' }],
  ];
  it.each(refusals)('%s', async (_, more, issue) => {
    await expect(startExport(o.manager, o.asked(more), o.send)).rejects.toMatchObject({
      status: 400,
      issues: expect.arrayContaining([expect.objectContaining(issue)]),
    });
    expect(await o.job()).toBeUndefined();
  });

  it('to who may not export', async () => {
    await expect(startExport(o.as(SELLER, 'sales'), o.asked(), o.send)).rejects.toMatchObject({ status: 403 });
  });

  it('under the id of somebody else’s', async () => {
    await startExport(o.manager, o.asked(), o.send);

    await expect(startExport(o.as(SELLER, 'owner'), o.asked(), o.send)).rejects.toMatchObject({ code: 'record.exists' });
    await expect(startExport(o.manager, o.asked({ format: 'xlsx' }), o.send)).rejects.toMatchObject({ code: 'record.exists' });
  });
});
