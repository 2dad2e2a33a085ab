import * as z from 'zod/mini';
import { ACTIONS, GROUPS, REACHES, type Rights } from '../kernel/access.ts';
import { data, longText, text } from '../kernel/fields/index.ts';
import { defineRecord, type RecordOf } from '../kernel/record.ts';

const grants = () => z.partialRecord(z.enum(GROUPS), z.partialRecord(z.enum(ACTIONS), z.enum(REACHES)));
const rightsShape = () =>
  z.strictObject({
    grants: grants(),
    masks: z.optional(z.array(z.enum(['public', 'internal', 'personal', 'sensitive']))),
    onlyFields: z.optional(z.partialRecord(z.enum(GROUPS), z.array(z.string().check(z.maxLength(60))))),
  }) as z.ZodMiniType<Rights>;

/** A named set of rights. The keys of the built-in roles are stable; names and rights may be changed. */
export const role = defineRecord({
  name: 'role',
  plural: 'roles',
  idPrefix: 'rol',
  domain: 'workspace',
  label: { en: ['Role', 'Roles'], zh: '角色' },
  title: 'name',
  fields: {
    name: text({ en: 'Name', zh: '名称' }, { required: true, max: 60 }),
    key: text({ en: 'Key', zh: '标识' }, { max: 40, readOnly: true, hidden: true }),
    description: longText({ en: 'Description', zh: '说明' }, { max: 1000 }),
    rights: data(
      { en: 'Rights', zh: '权限' },
      { shape: rightsShape, example: { grants: { customers: { read: 'own' } } } },
      { required: true },
    ),
  },
  access: { group: 'workspace', actions: { read: 'structure' } },
  views: { list: ['name', 'description'] },
  governs: true,
});
export type Role = RecordOf<typeof role>;
