import { brandOf, type Brand } from '../../shared/workspace/brand.ts';
import { readDirectory } from '../runtime/directory.ts';
import type { Request } from '../runtime/route.ts';
import { findDoor } from '../table/entry.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { FORM_DOOR } from './formDoor.ts';

/** Whose form it is. What was sent has been taken by now: a page without a logo is better than one that says it failed. */
export async function findBrand({ db, now }: Request, formId: string): Promise<Brand | undefined> {
  try {
    const door = await findDoor(db, FORM_DOOR, formId);
    return door && brandOf((await readDirectory(db, tenantTable(db, door.tenant), now)).workspace);
  } catch {
    return undefined;
  }
}
