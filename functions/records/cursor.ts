import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../shared/kernel/errors.ts';

const bad = (): AppError => new AppError('cursor.invalid', { status: 400, issues: [{ field: 'cursor', code: 'cursor.invalid' }] });
const sign = (secret: Buffer, scope: string, payload: string): string =>
  createHmac('sha256', secret).update(`${scope}\n${payload}`).digest().subarray(0, 16).toString('base64url');

/**
 * A cursor: where the next page starts, opaque to its holder and bound to what it was made for.
 * @param scope  tenant, member and question; a cursor of another one is refused
 */
export function sealCursor(secret: Buffer, scope: string, position: unknown): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${sign(secret, scope, payload)}`;
}

/** @throws AppError cursor.invalid (400) for a cursor that was changed, forged, or made for another question */
export function openCursor<T>(secret: Buffer, scope: string, cursor: string): T {
  const [payload = '', mac = '', ...rest] = cursor.split('.');
  // Compared as written: decoded, several spellings would be one.
  const [given, right] = [mac, sign(secret, scope, payload)].map((text) => Buffer.from(text)) as [Buffer, Buffer];
  if (rest.length || given.length !== right.length || !timingSafeEqual(given, right)) throw bad();
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as T;
}
