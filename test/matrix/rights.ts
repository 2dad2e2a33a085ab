/**
 * What each role may do, stated anew from the specification of the product and not from its code, so that a wrong
 * default role, a forgotten check and a check of the wrong thing all show.
 *
 * Reach: own < team < span < all. C create, R read, U update, D delete, A assign. Columns hold record types:
 * *customers* customers, contacts and churn warnings; *leads* leads and submissions; *forms* web forms, which are marketing's;
 * *sales* opportunities and orders; *activities* activities; *catalogue* products, which belong to nobody;
 * *mine* notifications and digests, each addressed to one reader; *views* lists as one member keeps them, *shared* those that
 * all see; *people* members; *setup* the workspace, its roles, departments and own fields, which everybody reads, since no
 * page can be drawn without them; *reports* figures of people; *news* what is published, *drafts* what is not yet;
 * *applications* those of people outside for an account.
 */
const TABLE = `
  role                | customers       | leads           | forms     | sales           | activities | catalogue | mine    | views    | shared   | people            | setup    | reports | news     | drafts   | applications
  owner               | all CRUDA       | all CRUDA       | all CRUD  | all CRUDA       | all CRUDA  | all CRUD  | own RU  | own CRUD | all CRUD | all RU            | all CRUD | all R   | all RUD  | all CRUD | all R
  administrator       | all CRUDA       | all CRUDA       | all CRUD  | all CRUDA       | all CRUDA  | all CRUD  | own RU  | own CRUD | all CRUD | all RU            | all CRUD | all R   | all RUD  | all CRUD | all R
  vicePresident       | span CRUDA      | span CRUDA      | all R     | span CRUDA      | span CRUDA | all CRUD  | own RU  | own CRUD | all CRUD | own U, span R     | all R    | span R  | all R    | -        | -
  salesManager        | span CRUDA      | span CRUDA      | all R     | span CRUDA      | span CRUDA | all CRUD  | own RU  | own CRUD | all CRUD | own U, span R     | all R    | span R  | all R    | -        | -
  sales               | own CRU, team R | own CRU, team R | all R     | own CRU, team R | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | own R   | all R    | -        | -
  service             | all RU          | all RU          | -         | -               | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | own R   | all R    | -        | -
  callAgent           | all RU          | all RU          | -         | -               | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | own R   | all R    | -        | -
  marketing           | all R           | all CRU         | all CRUD  | -               | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | -       | all R    | -        | -
  satisfactionManager | all R           | all R           | all R     | -               | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | -       | all R    | -        | -
  dataAnalyst         | all R           | all R           | all R     | all R           | all R      | all R     | own RU  | own CRUD | all R    | own RU            | all R    | all R   | all R    | -        | -
  newsAdministrator   | -               | -               | -         | -               | own CRUD   | all R     | own RU  | own CRUD | all R    | own RU            | all R    | -       | all RUD  | all CRUD | -
  viewer              | span R          | span R          | span R    | span R          | span R     | all R     | own RU  | own CRUD | all R    | own RU            | all R    | span R  | all R    | -        | -
`;

export type Column =
  | 'customers'
  | 'leads'
  | 'forms'
  | 'sales'
  | 'activities'
  | 'catalogue'
  | 'mine'
  | 'views'
  | 'shared'
  | 'people'
  | 'setup'
  | 'reports'
  | 'news'
  | 'drafts'
  | 'applications';
export type Letter = 'C' | 'R' | 'U' | 'D' | 'A';
/** Whose record it is, as its reader sees it. A record of nobody's (a role, a department) is reached by *all* alone. */
export const WHOSE = ['own', 'team', 'span', 'other', 'nobody', 'rival'] as const;
export type Whose = (typeof WHOSE)[number];

/** Profile fields that everybody may change of himself, and what service staff may write of a customer or lead. */
const OWN_PROFILE = ['name', 'phone', 'language', 'zone', 'digestDaily', 'digestWeekly', 'mutedNotices', 'unmailedNotices'];
const PHONES_AND_NOTES = ['phones', 'notes'];
const LEADERS = ['owner', 'administrator'];

const [head, ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const CELLS = new Map(rows.map(([role, ...cells]) => [role!, new Map(cells.map((cell, i) => [head![i + 1] as Column, cell]))]));

export const ROLES: readonly string[] = [...CELLS.keys()];

const REACHED: Readonly<Record<string, readonly Whose[]>> = {
  own: ['own'],
  team: ['own', 'team'],
  span: ['own', 'team', 'span'],
  all: ['own', 'team', 'span', 'other', 'nobody'],
};

/** Whose records a role may do that to; a later part of a cell wins, so the wider reach stands last. */
function reached(role: string, column: Column, letter: Letter): readonly Whose[] {
  const parts = (CELLS.get(role)!.get(column) ?? '-').split(',').map((part) => part.trim().split(' '));
  const reach = parts.findLast(([, letters = '']) => letters.includes(letter))?.[0];
  return reach ? REACHED[reach]! : [];
}

/** Whether a role may do that to a record of so-and-so; without one, to any at all. */
export const may = (role: string, letter: Letter, column: Column, whose?: Whose): boolean =>
  whose === undefined ? reached(role, column, letter).length > 0 : reached(role, column, letter).includes(whose);

/** Whether a role that may change a record may change that field of it. */
export function mayWrite(role: string, column: Column, field: string): boolean {
  if (column === 'people') return LEADERS.includes(role) || OWN_PROFILE.includes(field);
  const isService = (role === 'service' || role === 'callAgent') && (column === 'customers' || column === 'leads');
  return !isService || PHONES_AND_NOTES.includes(field);
}

/** Personal data is masked for the data analyst, and shown to everybody else who may read the record. */
export const seesPersons = (role: string): boolean => role !== 'dataAnalyst';
