import { randomBytes, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { notAuthorized } from './cognitoError.ts';
import type { PoolSettings } from './settings.ts';
import type { User, UserStore } from './store.ts';

const REGION_OF_POOL = /^([\w-]+)_[0-9a-zA-Z]+$/;
/** The only scope that tokens of the API's own sign-in carry. */
const SCOPE = 'aws.cognito.signin.user.admin';

interface AccessClaims {
  username: string;
  originJti: string;
}

export interface Tokens {
  /** What `.well-known/jwks.json` shows. */
  jwks: { keys: JWK[] };
  /** @param signIn  which sign-in they descend from, and when it was (epoch milliseconds) */
  issue(user: User, signIn: { originJti: string; signedInAt: number }, now: number): Promise<{ AccessToken: string; IdToken: string }>;
  /** @throws CognitoError NotAuthorizedException for a forged, foreign or expired token */
  readAccessToken(token: string, now: number): Promise<AccessClaims>;
}

/** @throws Error when the pool id does not look like one of AWS: verifiers would refuse the issuer */
export function issuerOf(poolId: string): string {
  const region = REGION_OF_POOL.exec(poolId)?.[1];
  if (!region) throw new Error(`${poolId} is no user pool id such as us-east-1_Ab3dEf6hI`);
  return `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
}

/** Tokens signed with RS256 and a key made once and kept with the users, so that sessions outlive a restart. */
export async function createTokens(settings: PoolSettings, store: UserStore): Promise<Tokens> {
  const privateJwk = await store.signingKey(makeKey);
  const { kty, n, e, kid, alg, use } = privateJwk;
  const publicJwk: JWK = { kty, n, e, kid, alg, use };
  const [privateKey, publicKey] = await Promise.all([importJWK(privateJwk, 'RS256'), importJWK(publicJwk, 'RS256')]);
  const issuer = issuerOf(settings.poolId);
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const sign = (claims: Record<string, unknown>, subject: string, now: number, validMs: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: kid! })
      .setSubject(subject)
      .setIssuer(issuer)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(now + validMs))
      .setJti(randomUUID())
      .sign(privateKey);

  return {
    jwks: { keys: [publicJwk] },
    async issue(user, { originJti, signedInAt }, now) {
      const shared = {
        ...(settings.tokenRevocation && { origin_jti: originJti }),
        event_id: randomUUID(),
        auth_time: seconds(signedInAt),
      };
      const { sub, ...attributes } = user.attributes;
      const [AccessToken, IdToken] = await Promise.all([
        sign(
          { ...shared, token_use: 'access', scope: SCOPE, client_id: settings.clientId, username: user.username },
          sub!,
          now,
          settings.accessTokenMs,
        ),
        sign(
          {
            ...attributes,
            ...verifiedFlags(attributes),
            ...shared,
            token_use: 'id',
            aud: settings.clientId,
            'cognito:username': user.username,
          },
          sub!,
          now,
          settings.idTokenMs,
        ),
      ]);
      return { AccessToken, IdToken };
    },
    async readAccessToken(token, now) {
      const { payload } = await jwtVerify(token, publicKey, { issuer, algorithms: ['RS256'], currentDate: new Date(now) }).catch(
        (cause: Error & { code?: string }) => {
          throw notAuthorized(cause.code === 'ERR_JWT_EXPIRED' ? 'Access Token has expired' : 'Invalid Access Token');
        },
      );
      if (payload['token_use'] !== 'access') throw notAuthorized('Invalid Access Token');
      return { username: String(payload['username']), originJti: String(payload['origin_jti']) };
    },
  };
}

/** As opaque and as long (about 1,800 characters) as those of AWS, so that a cookie too small shows here. */
export function newRefreshToken(): string {
  const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url');
  return [header, ...[256, 12, 960, 16].map((bytes) => randomBytes(bytes).toString('base64url'))].join('.');
}

/** In id tokens the verified marks are booleans, while attributes are texts. */
function verifiedFlags(attributes: Record<string, string>): Record<string, boolean> {
  return attributes['email_verified'] === undefined ? {} : { email_verified: attributes['email_verified'] === 'true' };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
}
