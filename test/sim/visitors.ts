/** Strangers who send a form: some of them twice, some the same person again, and some are programs. */
import { TRAP } from '../../shared/leads/formFields.ts';
import { ask } from './client.ts';
import type { Firm } from './firm.ts';
import type { Ledger } from './ledger.ts';
import type { World } from './world.ts';

const LONGEST_PAUSE_MS = 20_000;
const PEOPLE = 4;

export async function visit(world: World, ledger: Ledger, { tenant, forms }: Firm, rounds: number): Promise<void> {
  const { random, timeline } = world;
  for (let round = 0; round < rounds; round++) {
    await timeline.sleep(random.int(0, LONGEST_PAUSE_MS));
    const who = random.int(1, PEOPLE);
    const formId = random.pick(forms);
    const body = {
      name: `Visitor ${who}`,
      email: `visitor${who}@example.test`,
      ...(random.chance(0.5) ? { phone: `+86 139 0000 000${random.int(0, PEOPLE)}` } : {}),
      ...(random.chance(0.5) ? { company: `Firm ${who}` } : {}),
      ...(random.chance(0.1) ? { [TRAP]: 'https://spam.test' } : {}),
    };
    const answer = await ask(world, { tenant }, { method: 'POST', path: `/public/forms/${formId}`, body });
    ledger.posts.push({ tenant, formId, receipt: answer?.status === 200 ? String(answer.body['receipt']) : undefined });
  }
}
