import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { openSales } from './salesDesk.ts';

let firm: Awaited<ReturnType<typeof openSales>>;
beforeAll(async () => {
  firm = await openSales();
});

const close = (deal: AnyRecord, body: unknown, options: { as?: string; version?: number } = {}) =>
  firm.command(deal, 'opportunities/{id}/close', body, options);
const reopen = (deal: AnyRecord, body?: unknown, options: { as?: string; version?: number } = {}) =>
  firm.command(deal, 'opportunities/{id}/reopen', body, options);
const LOST = { outcome: 'lost', reasons: ['price', 'timing'], lostTo: 'Acme', closeNote: 'Too late' };
const NOW = '2026-03-02T10:00:00.000Z';

describe('closing', () => {
  it('as lost keeps the stage where it was lost, and says why', async () => {
    const deal = await firm.addDeal({ stage: 'evaluation' });

    expect(await close(deal, LOST)).toMatchObject({
      status: 200,
      body: { ...LOST, version: 2, stage: 'evaluation', successRate: 0, closedAt: NOW },
    });
  });

  it('as won brings it to the last stage', async () => {
    const deal = await firm.addDeal({ stage: 'verbalYes' });

    expect(await close(deal, { outcome: 'won', reasons: ['quality'] })).toMatchObject({
      status: 200,
      body: { outcome: 'won', stage: 'signed', successRate: 100, reasons: ['quality'], closedAt: NOW, stageSince: NOW },
    });
  });

  it('again in the same way is done already, or changes the reasons', async () => {
    const deal = await firm.addDeal();
    const first = await close(deal, LOST);

    const again = await close(deal, LOST);
    const mended = await close(first.body, { outcome: 'lost', reasons: ['noBudget'] });

    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(mended).toMatchObject({ status: 200, body: { version: 3, reasons: ['noBudget'], closedAt: NOW } });
    expect(mended.body).not.toHaveProperty('lostTo');
  });

  it('in another way is refused until it is reopened', async () => {
    const deal = await firm.addDeal();
    const { body } = await close(deal, LOST);

    expect(await close(body, { outcome: 'won' })).toMatchObject({
      status: 409,
      body: { code: 'opportunity.closed', params: { outcome: 'lost' } },
    });
    expect((await reopen(body)).status).toBe(200);
    expect((await close({ ...body, version: 3 }, { outcome: 'won' })).status).toBe(200);
  });

  it.each<[string, unknown, string, string]>([
    ['a loss without a reason', { outcome: 'lost' }, 'reasons', 'opportunity.close.lossReasonMissing'],
    ['a loss with an empty list of them', { outcome: 'lost', reasons: [] }, 'reasons', 'opportunity.close.lossReasonMissing'],
    ['a reason nobody knows', { outcome: 'lost', reasons: ['moon'] }, 'reasons.0', 'choice.unknown'],
    ['a win that somebody else got', { outcome: 'won', lostTo: 'Acme' }, 'lostTo', 'opportunity.close.notLost'],
    ['no outcome', {}, 'outcome', 'field.required'],
    ['another outcome', { outcome: 'open' }, 'outcome', 'choice.unknown'],
    ['a remark with a NUL', { outcome: 'won', closeNote: 'a\u0000' }, 'closeNote', 'text.characters'],
    ['a field of the record', { outcome: 'won', amount: { minor: 1, currency: 'CNY' } }, 'amount', 'field.unknown'],
  ])('refuses %s', async (_what, body, field, code) => {
    const deal = await firm.addDeal();

    expect(await close(deal, body)).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
    expect(await firm.standing(deal)).toMatchObject({ version: 1, outcome: 'open' });
  });

  it('is for whoever may change the deal, from the version he saw', async () => {
    const deal = await firm.addDeal();

    expect(await close(deal, LOST, { as: 'mia' })).toMatchObject({ status: 403 });
    expect(await close(deal, LOST, { as: 'sue' })).toMatchObject({ status: 404 });
    expect(await close(deal, LOST, { version: 7 })).toMatchObject({ status: 409, body: { code: 'record.stale', params: { version: 1 } } });
    expect((await firm.call('POST', `/opportunities/${deal.id}/close`, { as: 'sam', body: LOST })).status).toBe(428);
    expect(await firm.standing(deal)).toMatchObject({ version: 1, outcome: 'open' });
  });

  it('by two people at once has one end', async () => {
    const deal = await firm.addDeal();

    const answers = await Promise.all([close(deal, LOST), close(deal, { outcome: 'won' }, { as: 'olga' })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await firm.standing(deal)).toMatchObject({ version: 2, outcome: answers[0].status === 200 ? 'lost' : 'won' });
  });
});

describe('reopening', () => {
  it('goes on from where it was lost, with that stage’s rate and a new clock', async () => {
    const { body } = await close(await firm.addDeal({ stage: 'needs' }), LOST);

    const answer = await reopen(body);

    expect(answer).toMatchObject({ status: 200, body: { outcome: 'open', stage: 'needs', successRate: 40, stageSince: NOW } });
    for (const field of ['closedAt', 'reasons', 'lostTo', 'closeNote']) expect(answer.body).not.toHaveProperty(field);
  });

  it('of a won deal goes back to the stage before winning, or to the one that is named', async () => {
    const [one, two] = await Promise.all([firm.addDeal({ stage: 'signed' }), firm.addDeal({ stage: 'signed' })]);

    expect(await reopen(one)).toMatchObject({ status: 200, body: { outcome: 'open', stage: 'negotiation', successRate: 90 } });
    expect(await reopen(two, { stage: 'solution' })).toMatchObject({
      status: 200,
      body: { outcome: 'open', stage: 'solution', successRate: 50 },
    });
  });

  it('of an open deal changes nothing, so a repeat is answered with what stands', async () => {
    const { body } = await close(await firm.addDeal({ stage: 'needs' }), LOST);
    const first = await reopen(body);

    expect(await reopen(body)).toMatchObject({ status: 200, body: first.body });
  });

  it('refuses a stage that is none, or that is the end', async () => {
    const deal = await firm.addDeal({ stage: 'signed' });

    for (const stage of ['moon', 'signed', 7])
      expect((await reopen(deal, { stage })).body.issues).toEqual([
        { field: 'stage', code: stage === 7 ? 'choice.expected' : 'choice.unknown' },
      ]);
  });
});

describe('two people who move one card', () => {
  it('have one mover, and the other is told where it stands', async () => {
    const deal = await firm.addDeal({ stage: 'interest' });

    const answers = await Promise.all([
      firm.change(deal, 'opportunities', { stage: 'needs', rank: 'm' }),
      firm.change(deal, 'opportunities', { stage: 'solution', rank: 'n' }, { as: 'olga' }),
    ]);

    const won = answers.find(({ status }) => status === 200)!;
    const lost = answers.find(({ status }) => status === 409)!;
    expect(won.body).toMatchObject({ version: 2 });
    expect(lost.body).toMatchObject({ code: 'record.stale', params: { version: 2, record: { stage: won.body['stage'] } } });
    expect(await firm.standing(deal)).toMatchObject({ version: 2, stage: won.body['stage'], rank: won.body['rank'] });
  });

  it('one of whom wins it leave it won', async () => {
    const deal = await firm.addDeal({ stage: 'negotiation' });
    await firm.change(deal, 'opportunities', { stage: 'signed' });

    const late = await firm.change(deal, 'opportunities', { stage: 'solution' }, { as: 'olga', version: 2 });

    expect(late).toMatchObject({ status: 400, body: { issues: [{ field: 'stage', code: 'opportunity.closed' }] } });
  });
});
