import type { HttpRequest } from './httpEvent.ts';
import type { HttpResponse } from './httpResponse.ts';

/** As in `AWS::ApiGatewayV2::Api`. */
export interface CorsConfiguration {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
}

/** The gateway answers a preflight itself, before route and authorizer; without headers where the rule does not fit. */
export function preflight(cors: CorsConfiguration, headers: HttpRequest['headers']): HttpResponse {
  const { AllowMethods = [], AllowHeaders = [], MaxAge } = cors;
  const allowed = corsHeaders(cors, headers);
  return {
    status: 204,
    headers: allowed['access-control-allow-origin']
      ? {
          ...allowed,
          'access-control-allow-methods': AllowMethods.join(','),
          'access-control-allow-headers': AllowHeaders.join(','),
          ...(MaxAge !== undefined && { 'access-control-max-age': String(MaxAge) }),
        }
      : {},
    body: Buffer.alloc(0),
  };
}

export function corsHeaders(cors: CorsConfiguration, headers: HttpRequest['headers']): Record<string, string> {
  const origin = headers['origin'];
  const { AllowOrigins = [], AllowCredentials, ExposeHeaders = [] } = cors;
  if (typeof origin !== 'string' || !(AllowOrigins.includes('*') || AllowOrigins.includes(origin))) return {};
  return {
    'access-control-allow-origin': AllowOrigins.includes('*') ? '*' : origin,
    ...(AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(',') }),
  };
}
