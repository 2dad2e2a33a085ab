import type { Values } from '../kernel/record.ts';

interface Colleague {
  readonly id: string;
  readonly member: Values;
  readonly roleKey: string;
}

/** Whether new leads go to this member: he says so himself, else those who sell do. */
export const takesLeads = ({ member, roleKey }: Pick<Colleague, 'member' | 'roleKey'>): boolean =>
  member['status'] === 'active' && ((member['takesLeads'] as boolean | undefined) ?? roleKey === 'sales');

/**
 * Whose turn it is: the next after the last one in a fixed circle, so that nobody is passed over when colleagues come and go.
 * @param last  who had the last turn; he need not be among the candidates any more
 */
export function nextInTurn(candidates: readonly string[], last: string | undefined): string | undefined {
  const circle = [...candidates].sort();
  return circle.find((id) => last !== undefined && id > last) ?? circle[0];
}

/** Who takes a lead that nobody's turn is for: the form's named member, then the form's owner, then an owner of the workspace. */
export function standIn(colleagues: readonly Colleague[], form: Values): string | undefined {
  const active = colleagues.filter(({ member }) => member['status'] === 'active');
  const named = [form['fallbackOwnerId'], form['ownerId']].find((id) => active.some((each) => each.id === id));
  return (named as string | undefined) ?? active.find(({ roleKey }) => roleKey === 'owner')?.id;
}
