import { createHmac } from 'node:crypto';
import { invalid, notFound } from '../../shared/kernel/errors.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { faultOfLogo, isLogoFile, logoInputShape, parseLogo, type Logo, type PictureKind } from '../../shared/workspace/logo.ts';
import { readPicture } from '../../shared/workspace/picture.ts';
import { commandRoute } from '../records/commandRoute.ts';
import type { Context } from '../records/context.ts';
import type { Change } from '../records/follow.ts';
import type { Gone } from '../records/goneFiles.ts';
import type { Answer, MemberRoute, PublicRoute } from '../runtime/route.ts';
import { findStored, putStored, removeStored } from '../services/fileStore.ts';
import type { Database } from '../table/database.ts';
import { secretOf } from '../table/entry.ts';
import { recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { changeWorkspace, loadWorkspace } from './changeWorkspace.ts';

/** Where logos lie in the store: in a folder of their own, which names no workspace. */
const storeKey = (file: string): string => `logos/${file}`;
const FILE_LETTERS = 40;

/** Puts another picture in the logo's place. @throws AppError input.invalid (400) naming what is wrong with it */
async function setLogo(db: Database, ctx: Context, id: string, body: unknown): Promise<AnyRecord> {
  await loadWorkspace(ctx, id);
  const parsed = parseLogo(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const { image, ground } = parsed.value;
  const bytes = Buffer.from(image, 'base64');
  const picture = readPicture(bytes);
  const fault = faultOfLogo(bytes, picture);
  if (fault || !picture) throw invalid([{ field: 'image', code: fault ?? 'file.kind' }]);
  // Of the wish that it follows from: a repeat writes the same file, so a try that was cut off leaves no second one.
  const file = createHmac('sha256', await secretOf(db, 'logo'))
    .update(`${ctx.table.tenant}|${ctx.writeId}`)
    .digest('hex')
    .slice(0, FILE_LETTERS);
  await putStored(storeKey(file), bytes);
  return changeWorkspace(ctx, id, () => ({ logo: { file, width: picture.width, height: picture.height, ground } satisfies Logo }));
}

const TYPES: Readonly<Record<PictureKind, string>> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' };
const YEAR_SECONDS = 31_536_000;

/** A file is never written anew, so whoever holds it may keep it. Its type is what its bytes are, and nothing it says. */
async function serveLogo(file: string | undefined): Promise<Answer> {
  const bytes = isLogoFile(file) ? await findStored(storeKey(file)) : undefined;
  const picture = bytes && readPicture(bytes);
  if (!picture) throw notFound();
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': TYPES[picture.kind],
      'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  };
}

const answers = () => ({ 200: { description: 'the workspace', body: refTo(schemaName(definitionOf('workspace'))) } });

const serve: PublicRoute = {
  method: 'GET',
  path: '/logos/{file}',
  access: { kind: 'public' },
  summary: 'A company’s logo',
  run: ({ params }) => serveLogo(params['file']),
};

export const logoRoutes: readonly (MemberRoute | PublicRoute)[] = [
  serve,
  commandRoute('workspace', '/logo', {
    access: 'update',
    summary: 'Set the company’s logo',
    api: () => ({ idempotent: true, body: logoInputShape(), responses: answers() }),
    run: (ctx, id, { db, body }) => setLogo(db, ctx, id, body),
  }),
  commandRoute('workspace', '/logo', {
    method: 'DELETE',
    access: 'update',
    summary: 'Take the company’s logo away',
    api: () => ({ responses: answers() }),
    run: (ctx, id) => changeWorkspace(ctx, id, () => ({ logo: null })),
  }),
];

/** Files of logos that a change has replaced or taken away. */
export const goneLogos = (changes: readonly Change[]): Gone[] =>
  changes.flatMap(({ type, id, before, after }) => {
    const [old, now] = [before, after].map((item) => (item?.['data'] as { logo?: Logo } | undefined)?.logo?.file);
    return type === 'workspace' && old !== undefined && old !== now ? [{ type, id, fileId: old }] : [];
  });

/** Removes a logo's file, unless it is the workspace's own still. */
export async function removeLogo(table: TenantTable, { id, fileId }: Required<Gone>): Promise<void> {
  const item = await table.get(recordKey('workspace', id), { consistent: true });
  if ((item?.['data'] as { logo?: Logo } | undefined)?.logo?.file === fileId) return;
  await removeStored(storeKey(fileId));
}
