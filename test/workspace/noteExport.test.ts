import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_LIST } from '../../functions/records/audit.ts';
import { noteExport } from '../../functions/workspace/noteExport.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../support/desk.ts';
import { memberId } from '../support/firm.ts';

const rightsOf = (role: string) => DEFAULT_ROLES.find(({ key }) => key === role)!.rights;
const [MANAGER, SELLER] = [1, 2];

function office() {
  const desk = deskOn(memoryDatabase());
  const as = (n: number, role: string, now = '2026-03-02T10:00:00.000Z') => ({ ...desk.as('firm', n, { rights: rightsOf(role) }), now });
  const tell = (ctx: ReturnType<typeof as>, more: object = {}) => {
    const body = { id: idOf('aud', 1), recordType: 'customer', count: 3, ...more };
    return noteExport(ctx, { body, address: '192.0.2.5', headers: { 'user-agent': 'Firefox/133.0' } });
  };
  const rows = async () => {
    const { items } = await as(MANAGER, 'salesManager').table.query({ index: 'byType', pk: AUDIT_LIST });
    return items.map(({ entry }) => entry);
  };
  return { as, tell, rows, manager: as(MANAGER, 'salesManager') };
}
let o: ReturnType<typeof office>;
beforeEach(() => void (o = office()));

describe('a file that a browser makes', () => {
  it('stands in the log, with its reader, its type, its number of records and where he sits', async () => {
    await o.tell(o.manager);

    expect(await o.rows()).toEqual([
      {
        ...{ at: '2026-03-02T10:00:00.000Z', kind: 'export', event: 'exportedInBrowser', by: memberId(MANAGER), on: { type: 'customer' } },
        ...{ count: 3, address: '192.0.2.5', device: { browser: 'Firefox' } },
      },
    ]);
  });

  it('told again, since no answer came, stands there once; another one by itself', async () => {
    await o.tell(o.manager);
    await o.tell(o.as(MANAGER, 'salesManager', '2026-03-02T10:00:09.000Z'));
    expect(await o.rows()).toHaveLength(1);

    await o.tell(o.manager, { id: idOf('aud', 2) });
    expect(await o.rows()).toHaveLength(2);
  });

  it('is not told by who may not export, nor under the id of somebody else’s', async () => {
    await expect(o.tell(o.as(SELLER, 'sales'))).rejects.toMatchObject({ status: 403 });
    await o.tell(o.manager);
    await expect(o.tell(o.as(SELLER, 'owner'))).rejects.toMatchObject({ code: 'record.exists' });

    expect(await o.rows()).toHaveLength(1);
  });

  it.each([
    ['of a type that is not there', { recordType: 'constructor' }, { field: 'recordType', code: 'choice.unknown' }],
    ['of fewer than no records', { count: -1 }, { field: 'count', code: 'number.tooSmall' }],
    ['of half a record', { count: 0.5 }, { field: 'count', code: 'number.whole' }],
    ['of more than there can be', { count: 1e9 }, { field: 'count', code: 'number.tooLarge' }],
    ['under no id', { id: 'job_1' }, { field: 'id', code: 'id.invalid' }],
    ['with more to say', { note: 'x' }, { field: 'note', code: 'field.unknown' }],
  ])('is refused %s', async (_, more, issue) => {
    await expect(o.tell(o.manager, more)).rejects.toMatchObject({ status: 400, issues: [expect.objectContaining(issue)] });
    expect(await o.rows()).toEqual([]);
  });
});
