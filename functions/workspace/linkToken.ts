import { createHash, randomBytes } from 'node:crypto';

/** 256 bits for the fragment of a mailed link. Only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Names a token where the token itself must not stand. */
export const tokenName = (token: string): string => createHash('sha256').update(token).digest('base64url');
