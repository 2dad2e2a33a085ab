import { beforeAll, describe, expect, it } from 'vitest';
import { openLeads } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
let form: string;
beforeAll(async () => {
  firm = await openLeads();
  form = await firm.addForm(1);
});
const leadOf = async (name: string) => (await firm.all('lead')).find((lead) => lead['name'] === name);
const submissionsOf = async (leadId: string) => (await firm.all('submission')).filter((each) => each['leadId'] === leadId);

describe('a form of any site', () => {
  it('becomes a lead when a script sends it', async () => {
    const answer = await firm.post(form, { name: '李雷', email: 'LiLei@Example.test', phone: '138 0013 8000', message: '想了解价格' });

    expect(answer).toMatchObject({ status: 200, body: { receipt: expect.stringMatching(/^sub_/), status: 'received' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const lead = await leadOf('李雷');
    expect(lead).toMatchObject({
      emails: ['lilei@example.test'],
      phones: ['138 0013 8000'],
      message: '想了解价格',
      status: 'new',
      source: 'webForm',
      webFormId: form,
    });
    expect(await submissionsOf(lead!.id)).toMatchObject([
      {
        outcome: 'created',
        who: '李雷',
        webFormId: form,
        webFormVersion: 1,
        ownerId: lead!.ownerId,
        payload: { email: 'LiLei@Example.test' },
      },
    ]);
  });

  it('becomes a lead when a browser sends it without a script, and leads to the page of thanks', async () => {
    const raw = 'name=Anna+B%C3%A4r&email=anna%40example.test&phone=&message=Hello%0D%0Athere&website_url=';

    const answer = await firm.submit(form, raw, { headers: { referer: 'https://shop.example/contact?token=secret' } });

    expect(answer).toMatchObject({ status: 303, headers: { location: `/f/${form}/thanks` } });
    const lead = await leadOf('Anna Bär');
    expect(lead).toMatchObject({ emails: ['anna@example.test'], message: 'Hello\nthere' });
    expect(lead).not.toHaveProperty('phones');
    expect(await submissionsOf(lead!.id)).toMatchObject([{ page: 'https://shop.example/contact' }]);
  });
});
