import { beforeEach, describe, expect, it } from 'vitest';
import { removeStageChange, type StageRemoval } from '../../shared/sales/pipeline.ts';
import { STANDARD_ID } from '../../shared/sales/pipelines.ts';
import { PROJECT_STAGES, STAGES } from '../../shared/sales/stages.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { visit } from './settingsVisit.ts';

const PROJECTS = 'pip_00000000000000000000000001';
const dialog = (name?: string) => visit.page.getByRole('dialog', name === undefined ? {} : { name });
const box = (name: string) => dialog().getByRole('textbox', { name, exact: true });
const actions = async (of: string, entry: string): Promise<void> => {
  await visit.page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click();
  await visit.page.getByRole('menuitem', { name: entry, exact: true }).click();
};
const stored = (id: string) => visit.api.records.get('pipeline', id) as unknown as { stages: { key: string }[] } & Record<string, unknown>;

beforeEach(() => {
  visit.api.records.add('pipeline', { nameEn: 'Projects', nameZh: '项目', stages: PROJECT_STAGES, order: 2 }, { id: PROJECTS });
});

describe('pipelines', () => {
  it.each(LOOKS)('are without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/settings/pipelines', look);
    await visit.page.getByRole('button', { name: /Actions for Projects|项目的操作/ }).waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it.each(LOOKS)('are edited without barriers, %s', async (_name, look) => {
    await visit.open('/settings/pipelines', look);
    await visit.page.getByRole('button', { name: /Actions for Projects|项目的操作/ }).click();
    await visit.page.getByRole('menuitem').first().click();
    await dialog().getByRole('textbox').nth(3).waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('are made from a template, with keys of their own', async () => {
    await visit.open('/settings/pipelines');
    await visit.page.getByRole('button', { name: 'New pipeline' }).click();
    await dialog().getByLabel('Name in English').fill('Repairs');
    await dialog()
      .getByRole('radio', { name: /ten stages/ })
      .check();
    await expect.poll(() => box('Stage 1 in English').inputValue()).toBe('First contact');
    await dialog()
      .getByRole('radio', { name: /Project sale/ })
      .check();
    await box('Success rate at stage 2, %').fill('35');
    await dialog().getByRole('button', { name: 'Add stage' }).click();
    await visit.page.keyboard.type('Inspection');
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“Repairs” saved.').waitFor();

    const made = visit.api.records.all('pipeline').at(-1)!;
    expect(made).toMatchObject({ nameEn: 'Repairs', nameZh: 'Repairs', order: 3 });
    expect(made['stages']).toMatchObject([
      { label: { en: 'Opportunity created', zh: '机会建立' }, rate: 10 },
      { rate: 35 },
      {},
      { label: { en: 'Negotiation', zh: '商务谈判' } },
      { label: { en: 'Inspection', zh: 'Inspection' }, means: 'open', rate: 80 },
      { means: 'won' },
      { means: 'won' },
    ]);
    const keys = (made['stages'] as { key: string }[]).map(({ key }) => key);
    expect(keys.filter((key) => PROJECT_STAGES.some((stage) => stage.key === key))).toEqual([]);
    expect(new Set(keys).size).toBe(7);
  });

  it('are renamed and ordered by keys; the standard one becomes a record with its first change', async () => {
    await visit.open('/settings/pipelines');
    await actions('Standard', 'Edit pipeline');
    await dialog().getByRole('button', { name: 'Move First contact, 1 of 10' }).press('ArrowDown');
    await box('Stage 2 in Chinese').fill('首次联系');
    await box('Days until stalled at stage 2').fill('14');
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“Standard” saved.').waitFor();

    expect(stored(STANDARD_ID).stages.slice(0, 2)).toMatchObject([
      { key: 'interest' },
      { key: 'firstContact', label: { en: 'First contact', zh: '首次联系' }, stallDays: 14 },
    ]);
  });

  it('say what they must have', async () => {
    await visit.open('/settings/pipelines');
    await actions('Projects', 'Edit pipeline');
    await dialog().getByRole('button', { name: 'Move Contract signed, 5 of 6' }).press('Home');
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();

    await dialog().getByText('A pipeline begins with open stages').waitFor();
    expect(visit.asked('PATCH', `pipelines/${PROJECTS}`)).toEqual([]);
  });

  it('lose a stage when it is said where its deals go', async () => {
    const { records } = visit.api;
    records.add('opportunity', { title: 'Hall', outcome: 'open', pipelineId: PROJECTS, stage: 'provided' });
    records.add('opportunity', { title: 'Old', outcome: 'lost', pipelineId: PROJECTS, stage: 'provided' });
    visit.command = ({ method, path, body }) =>
      method === 'POST' && path === `pipelines/${PROJECTS}/remove-stage`
        ? { body: records.change('pipeline', PROJECTS, removeStageChange(records.get('pipeline', PROJECTS)!, body as StageRemoval)) }
        : undefined;
    await visit.open('/settings/pipelines');
    await actions('Projects', 'Edit pipeline');
    await dialog().getByRole('button', { name: 'Remove stage 2' }).click();
    const asking = dialog('Remove Solution provided?');
    await asking.getByText('1 open opportunity stands there.').waitFor();
    await asking.getByRole('combobox', { name: 'Opportunities go to' }).click();
    await expect
      .poll(() => visit.page.getByRole('option').allTextContents())
      .toEqual(['Opportunity created', 'Solution evaluated', 'Negotiation'].map((word) => expect.stringContaining(word)));
    await visit.page.getByRole('option', { name: 'Negotiation' }).click();
    await asking.getByRole('button', { name: 'Remove stage', exact: true }).click();
    await visit.page.getByText('Solution provided is removed; 1 opportunity goes to Negotiation.').waitFor();

    expect(visit.asked('POST', `pipelines/${PROJECTS}/remove-stage`)[0]!.body).toEqual({ stage: 'provided', movesTo: 'terms' });
    await expect.poll(() => box('Stage 2 in English').inputValue()).toBe('Solution evaluated');
  });

  it('take no new deals when they are told so', async () => {
    await visit.open('/settings/pipelines');
    await actions('Projects', 'Stop taking new opportunities');
    await visit.page.getByText('Closed to new ones').waitFor();

    expect(stored(PROJECTS)['retired']).toBe(true);
  });
});

describe('opportunities of several pipelines', () => {
  beforeEach(() => {
    const { records } = visit.api;
    records.add('opportunity', { title: 'Hall', outcome: 'open', pipelineId: PROJECTS, stage: 'provided' });
    records.add('opportunity', { title: 'Beans', outcome: 'open', pipelineId: STANDARD_ID, stage: 'needs' });
  });
  const choose = async (name: string): Promise<void> => {
    await visit.page.getByRole('button', { name: /^Pipeline: / }).click();
    await visit.page.getByRole('menuitemradio', { name }).click();
  };
  const columns = () => visit.page.getByRole('region').getByRole('heading', { level: 2 }).allTextContents();

  it('stand on the board of their own, which the address keeps', async () => {
    await visit.open('/opportunities?layout=board');
    await expect.poll(columns).toEqual(STAGES.map(({ label }) => label.en));
    await choose('Projects');
    await expect.poll(columns).toEqual(PROJECT_STAGES.map(({ label }) => label.en));
    await visit.page.getByRole('link', { name: 'Hall' }).waitFor();

    await visit.page.reload();
    await expect.poll(columns).toEqual(PROJECT_STAGES.map(({ label }) => label.en));
  });

  it('are listed together or apart', async () => {
    await visit.open('/opportunities');
    const rows = visit.page.getByRole('link', { name: /Hall|Beans/ });
    await expect.poll(() => rows.count()).toBe(2);
    await choose('Projects');
    await expect.poll(() => rows.allTextContents()).toEqual([expect.stringContaining('Hall')]);

    await choose('All pipelines');
    await expect.poll(() => rows.count()).toBe(2);
  });
});
