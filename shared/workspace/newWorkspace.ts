import type { Plan } from '../kernel/plan.ts';
import { wording, type Locale } from '../kernel/types.ts';
import { STANDARD_ID, STANDARD_LABEL } from '../sales/pipelines.ts';
import { STAGES } from '../sales/stages.ts';
import { DEFAULT_ROLES } from './defaultRoles.ts';

export interface NewWorkspace {
  /** The workspace's id. */
  readonly tenant: string;
  readonly name: string;
  readonly locale: Locale;
  /** IANA name: of its reports, and of the owner. */
  readonly zone: string;
  readonly owner: { readonly name: string; readonly email: string; readonly subject: string };
  /** Ids of what the workspace starts with; the same part always gives the same id, so that a repeat is the same plan. */
  readonly idOf: (prefix: string, part: string) => string;
}

/** All that a workspace starts with, in one transaction: itself, the roles, a department for everybody, the standard pipeline, its owner. */
export function planWorkspace({ tenant, name, locale, zone, owner, idOf }: NewWorkspace): Plan {
  const departmentId = idOf('dep', 'root');
  const create = (type: string, id: string, values: Record<string, unknown>) => ({ op: 'create' as const, type, id, values });
  return {
    writes: [
      create('workspace', tenant, { name, zone, currency: currencyOf(locale, zone), language: locale }),
      ...DEFAULT_ROLES.map(({ key, label, rights }) => create('role', idOf('rol', key), { key, name: wording(label, locale), rights })),
      create('pipeline', STANDARD_ID, { nameEn: STANDARD_LABEL.en, nameZh: STANDARD_LABEL.zh, stages: STAGES, order: 1 }),
      create('department', departmentId, { name }),
      create('member', idOf('mem', 'owner'), {
        ...owner,
        roleId: idOf('rol', 'owner'),
        departmentId,
        status: 'active',
        language: locale,
        zone,
        // Whoever begins alone is also the one who sells; both are switches in his profile.
        takesLeads: true,
        digestDaily: true,
      }),
    ],
  };
}

/** A first guess, changed in the settings: the zone says more about a firm's money than its language does. */
function currencyOf(locale: Locale, zone: string): string {
  if (zone === 'Europe/London') return 'GBP';
  if (zone.startsWith('Europe/')) return 'EUR';
  if (zone.startsWith('America/')) return 'USD';
  return locale === 'zh-CN' || /^Asia\/(Shanghai|Chongqing|Urumqi|Harbin)$/.test(zone) ? 'CNY' : 'USD';
}
