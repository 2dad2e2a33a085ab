import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.ts';
import { type Authorized, type HttpRequest } from './httpEvent.ts';
import { gatewayMessage, type HttpResponse } from './httpResponse.ts';

export interface JwtAuthorizer {
  /** @returns the claims, or the gateway's refusal */
  check(request: HttpRequest, scopes: readonly string[]): Promise<Authorized | HttpResponse>;
}

/**
 * API Gateway's JWT authorizer: signature, issuer, times, audience, scopes; nothing else, in particular not whether
 * the token was revoked.
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function createJwtAuthorizer(options: {
  issuer: string;
  audience: readonly string[];
  keys: JWTVerifyGetKey;
  clock: Clock;
}): JwtAuthorizer {
  const { issuer, audience, keys, clock } = options;
  return {
    async check(request, scopes) {
      const header = request.headers['authorization'];
      const token = typeof header === 'string' ? header.replace(/^Bearer\s+/i, '') : '';
      if (token === '') return unauthorized('');
      let claims: JWTPayload;
      try {
        // `aud` is checked below: Cognito's access tokens carry `client_id` in its place.
        const verified = await jwtVerify(token, keys, {
          issuer,
          algorithms: ['RS256'],
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp'],
        });
        claims = verified.payload;
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        return unauthorized(error.message);
      }
      if (!audienceOf(claims).some((value) => audience.includes(value))) return unauthorized('the audience is not accepted');
      const granted = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : [];
      if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) return gatewayMessage(403, 'Forbidden');
      return { claims: toText(claims), scopes: scopes.length > 0 ? granted.filter((scope) => scopes.includes(scope)) : null };
    },
  };
}

function unauthorized(description: string): HttpResponse {
  const challenge =
    description === '' ? 'Bearer' : `Bearer scope="" error="invalid_token" error_description="${description.replaceAll('"', "'")}"`;
  return gatewayMessage(401, 'Unauthorized', { 'www-authenticate': challenge });
}

function audienceOf(claims: JWTPayload): string[] {
  const values = claims.aud ?? claims['client_id'];
  return Array.isArray(values) ? values : typeof values === 'string' ? [values] : [];
}

/** Lists become `[a b]`, everything else its text: so the gateway hands claims on. */
function toText(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, Array.isArray(value) ? `[${value.join(' ')}]` : String(value)]),
  );
}
