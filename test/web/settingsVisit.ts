/** An owner at the settings of his workspace, in front of a played server. */
import { beforeEach } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { useVisits } from '../support/visit.ts';

export const visit = useVisits();
export const roleIds: Record<string, string> = {};
export let north = '';
export let maria = '';

beforeEach(() => {
  const { records } = visit.api;
  for (const { key, label, rights } of DEFAULT_ROLES) roleIds[key] = records.add('role', { key, name: label.en, rights }).id;
  const sales = records.add('department', { name: 'Sales' }).id;
  north = records.add('department', { name: 'Sales North', parentId: sales }).id;
  const person = { roleId: roleIds['sales'], status: 'active', departmentId: north };
  records.add(
    'member',
    { ...person, name: 'Lin Wang', email: 'lin@tea.example', roleId: roleIds['owner'], language: 'en' },
    { id: 'mem_1' },
  );
  maria = records.add('member', { ...person, name: 'Maria Silva', email: 'maria@tea.example' }).id;
  records.add('member', { ...person, name: 'Peter Long', email: 'peter@tea.example', status: 'invited' });
  records.add('customField', {
    on: 'customer',
    key: 'grade',
    nameEn: 'Grade',
    nameZh: '等级',
    fieldKind: 'choice',
    order: 1,
    options: [{ key: 'gold', label: { en: 'Gold', zh: '金卡' } }],
  });
  records.add('customField', { on: 'customer', key: 'number', nameEn: 'Member number', nameZh: '会员号', fieldKind: 'text', order: 2 });
  records.add('workspace', { name: 'Qingshan Tea', zone: 'Asia/Shanghai', currency: 'CNY', language: 'en' }, { id: 'wsp_1' });
});

export const role = (key: string) => DEFAULT_ROLES.find((each) => each.key === key)!.rights;
export const menu = async (of: string, entry: string): Promise<void> => {
  await visit.page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click();
  await visit.page.getByRole('menuitem', { name: entry, exact: true }).click();
};
