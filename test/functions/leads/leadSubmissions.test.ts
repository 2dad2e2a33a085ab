import { beforeAll, describe, expect, it } from 'vitest';
import { deriveChanges } from '../../../functions/records/derived.ts';
import { listChanges, readHead } from '../../../functions/records/feed.ts';
import { follow, toChange, type Change } from '../../../functions/records/follow.ts';
import { openLeads } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
let form: string;
beforeAll(async () => {
  firm = await openLeads();
  form = await firm.addForm(1);
});

/** Sends so many posts of one person; what the stream would tell of them. */
async function written(name: string, times: number): Promise<Change[]> {
  const email = `${name}@example.test`;
  await Promise.all(Array.from({ length: times }, (_, i) => firm.post(form, { name, email, message: `no. ${i}` })));
  const ctx = firm.system();
  const submissions = (await firm.all('submission')).filter(({ who }) => who === name);
  return Promise.all(submissions.map(async ({ id }) => toChange(undefined, await firm.itemOf(ctx, 'submission', id), ctx.now)!));
}
const readLead = async (name: string) => {
  const { id } = (await firm.all('lead')).find((lead) => lead['name'] === name)!;
  return (await firm.call('GET', `/leads/${id}`, { as: 'olga' })).body as unknown as { id: string; version: number; derived?: object };
};

describe('how often a lead has written', () => {
  it('stands beside it, without a version of its own', async () => {
    const changes = await written('Anna', 1);

    await deriveChanges(firm.system().table, changes);

    expect(await readLead('Anna')).toMatchObject({
      version: 1,
      derived: { submissions: 1, lastSubmissionAt: '2026-03-02T10:00:00.000Z' },
    });
  });

  it('is right whoever is told of it, how often, and at what moment', async () => {
    const changes = await written('Bob', 8);
    const { table } = firm.system();

    await Promise.all([...changes, ...changes].map((change) => deriveChanges(table, [change])));

    expect(await readLead('Bob')).toMatchObject({ derived: { submissions: 8 } });
  });

  it('reaches those who follow the feed, at dense positions', async () => {
    const changes = await written('Cleo', 3);
    const ctx = firm.system();
    const { position } = await readHead(ctx.table);
    await Promise.all([follow(ctx.table, changes, 'UTC'), ...changes.map((change) => deriveChanges(ctx.table, [change]))]);

    const { items, more } = await listChanges(ctx, position);

    const lead = await readLead('Cleo');
    expect(more).toBe(false);
    expect(items.find(({ id }) => id === lead.id)).toMatchObject({ record: { derived: { submissions: 3 } } });
  });

  it('costs nothing where nothing is new', async () => {
    const changes = await written('Dora', 2);
    const { table } = firm.system();
    await deriveChanges(table, changes);
    const { position } = await readHead(table);

    await deriveChanges(table, changes);

    expect((await readHead(table)).position).toBe(position);
  });

  it('is not counted for a lead that is gone', async () => {
    const changes = await written('Emil', 1);
    const { id } = await readLead('Emil');
    await firm.call('DELETE', `/leads/${id}`, { as: 'olga', headers: { 'if-match': '1' } });
    const { table } = firm.system();
    const { position } = await readHead(table);

    await deriveChanges(table, changes);

    expect((await readHead(table)).position).toBe(position);
  });
});
