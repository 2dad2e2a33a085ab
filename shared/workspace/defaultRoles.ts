import type { AccessGroup, Action, Grants, Reach, Rights } from '../kernel/access.ts';
import type { Label } from '../kernel/types.ts';
import { OWN_FIELDS } from './member.ts';

/** Rights as the table of roles writes them: letters of actions per reach, `own CRU, team R`. */
type Cell = string;
type Row = Partial<Record<AccessGroup, Cell>>;

const LETTERS: Readonly<Record<string, Action>> = {
  C: 'create',
  R: 'read',
  U: 'update',
  D: 'delete',
  A: 'assign',
  P: 'approve',
  X: 'export',
  K: 'configure',
};

/** `own CRU, team R` → create, update: own; read: team. A later part wins, so the wider reach stands last. */
export function parseCell(cell: Cell): Partial<Record<Action, Reach>> {
  const grants: Partial<Record<Action, Reach>> = {};
  for (const part of cell.split(',')) {
    const [reach, letters = ''] = part.trim().split(' ') as [Reach, string?];
    for (const letter of letters) grants[LETTERS[letter]!] = reach;
  }
  return grants;
}

const grantsOf = (row: Row): Grants => Object.fromEntries(Object.entries(row).map(([group, cell]) => [group, parseCell(cell)]));

const EVERYTHING = `all ${Object.keys(LETTERS).join('')}`;
// Everybody reads how the workspace is set up and what it sells, keeps his own profile, and has notifications and digests of his own.
const BASIC: Row = { structure: 'all R', catalogue: 'all R', people: 'own RU', personal: 'own CRUD' };
const OWN_PROFILE = { people: OWN_FIELDS };

/** What nobody can work without: where a role of one's own begins. */
export const BASIC_RIGHTS: Rights = { grants: grantsOf(BASIC), onlyFields: OWN_PROFILE };

export interface DefaultRole {
  readonly key: string;
  readonly label: Label;
  readonly rights: Rights;
}

const roleOf = (key: string, en: string, zh: string, row: Row, more: Omit<Rights, 'grants'> = {}): DefaultRole => ({
  key,
  label: { en, zh },
  rights: { grants: grantsOf({ ...BASIC, ...row }), ...more, onlyFields: { ...OWN_PROFILE, ...more.onlyFields } },
});

const LEADER: Row = {
  customers: 'all CRUDAX',
  leads: 'all CRUDAX',
  sales: 'all CRUDAPX',
  catalogue: EVERYTHING,
  activities: 'all CRUDA',
  service: 'all CRUDAX',
  marketing: 'all CRUDPX',
  insight: 'all RX',
  workspace: EVERYTHING,
  structure: EVERYTHING,
  people: EVERYTHING,
  news: 'all CRUDX',
};
/** What owners may do: everything there is; administrators begin with the same. */
export const OWNER_RIGHTS: Rights = { grants: grantsOf({ ...BASIC, ...LEADER }) };

const leaderOf = (key: string, en: string, zh: string): DefaultRole => ({
  key,
  label: { en, zh },
  rights: OWNER_RIGHTS,
});

// Whoever leads keeps the views that all share.
const MANAGER: Row = {
  structure: 'all CRUD',
  customers: 'span CRUDAX',
  leads: 'span CRUDAX',
  sales: 'span CRUDAPX',
  catalogue: 'all CRUDX',
  activities: 'span CRUDA',
  service: 'span R',
  marketing: 'all R',
  insight: 'span RX',
  people: 'own U, span R',
};
const PHONES_AND_NOTES = { onlyFields: { customers: ['phones', 'notes'], leads: ['phones', 'notes'] } };

/**
 * The roles a workspace starts with. A right that is granted only in part (amounts hidden, tickets without contents,
 * the customer at hand) stays withheld until a type of its group can say so.
 */
export const DEFAULT_ROLES: readonly DefaultRole[] = [
  leaderOf('owner', 'Owner', '所有者'),
  leaderOf('administrator', 'Administrator', '系统管理员'),
  roleOf('vicePresident', 'Vice president', '主管副总裁', MANAGER),
  roleOf('salesManager', 'Sales manager', '销售经理', MANAGER),
  roleOf('sales', 'Sales', '销售人员', {
    customers: 'own CRU, team R',
    leads: 'own CRU, team R',
    sales: 'own CRU, team R',
    activities: 'own CRUD',
    service: 'own CR',
    marketing: 'all R',
    insight: 'own R',
  }),
  roleOf(
    'service',
    'Service',
    '客服人员',
    { customers: 'all RU', leads: 'all RU', activities: 'own CRUD', service: 'all CRU', insight: 'own R' },
    PHONES_AND_NOTES,
  ),
  roleOf(
    'callAgent',
    'Call agent',
    '坐席',
    { customers: 'all RU', leads: 'all RU', activities: 'own CRUD', service: 'own CRU', insight: 'own R' },
    PHONES_AND_NOTES,
  ),
  roleOf('marketing', 'Marketing', '市场人员', { customers: 'all R', leads: 'all CRU', activities: 'own CRUD', marketing: 'all CRUDPX' }),
  roleOf('satisfactionManager', 'Satisfaction manager', '满意度经理', {
    customers: 'all R',
    leads: 'all R',
    activities: 'own CRUD',
    service: 'all CRUP',
    marketing: 'all R',
  }),
  roleOf(
    'dataAnalyst',
    'Data analyst',
    '数据分析员',
    { customers: 'all R', leads: 'all R', sales: 'all R', activities: 'all R', service: 'all R', marketing: 'all R', insight: 'all RX' },
    { masks: ['personal', 'sensitive'] },
  ),
  roleOf('newsAdministrator', 'News administrator', '新闻管理员', { activities: 'own CRUD', news: 'all CRUDX' }),
  roleOf('viewer', 'Viewer', '访客', {
    customers: 'span R',
    leads: 'span R',
    sales: 'span R',
    activities: 'span R',
    service: 'span R',
    marketing: 'span R',
    insight: 'span R',
  }),
];
