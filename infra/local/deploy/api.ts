import { createRemoteJWKSet } from 'jose';
import type { Clock } from '../clock.ts';
import type { CorsConfiguration } from '../gateway/cors.ts';
import { createGateway, type Gateway, type RouteTarget } from '../gateway/gateway.ts';
import { createJwtAuthorizer, type JwtAuthorizer } from '../gateway/jwtAuthorizer.ts';
import type { Route } from '../gateway/routeTable.ts';
import { cloud } from './cloud.ts';
import type { Functions } from './functions.ts';
import type { Resource, Stacks } from './stacks.ts';

interface RouteProperties {
  RouteKey: string;
  Target: string;
  AuthorizationType?: 'JWT' | 'NONE';
  AuthorizerId?: string;
  AuthorizationScopes?: string[];
}
interface IntegrationProperties {
  IntegrationType: string;
  IntegrationUri: string;
  PayloadFormatVersion: string;
  TimeoutInMillis?: number;
}
interface AuthorizerProperties {
  AuthorizerType: string;
  IdentitySource: string[];
  JwtConfiguration: { Audience: string[]; Issuer: string };
}

/**
 * The only HTTP API of the template.
 * @param options.jwksUrl  where the local user pool serves its keys; on AWS they lie under the issuer
 */
export function deployApi(stacks: Stacks, options: { functions: Functions; jwksUrl: string; clock: Clock }): Gateway {
  const { functions, jwksUrl, clock } = options;
  const [api, ...more] = stacks.ofType('AWS::ApiGatewayV2::Api');
  if (!api || more.length > 0) throw new Error('the local host serves exactly one HTTP API');
  const { ProtocolType, CorsConfiguration } = api.properties<{ ProtocolType: string; CorsConfiguration?: CorsConfiguration }>();
  if (ProtocolType !== 'HTTP') throw new Error(`${api.logicalId}: ${ProtocolType} APIs are not known here`);

  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const authorizers = new Map(
    stacks.ofType('AWS::ApiGatewayV2::Authorizer').map((resource): [string, JwtAuthorizer] => {
      const { AuthorizerType, IdentitySource, JwtConfiguration } = resource.properties<AuthorizerProperties>();
      if (AuthorizerType !== 'JWT' || IdentitySource.join() !== '$request.header.Authorization') {
        throw new Error(`${resource.logicalId}: only a JWT in the Authorization header is known here`);
      }
      return [resource.name, createJwtAuthorizer({ issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience, keys, clock })];
    }),
  );
  const integrations = new Map(
    stacks.ofType('AWS::ApiGatewayV2::Integration').map((resource) => [`integrations/${resource.name}`, readIntegration(resource)]),
  );

  const routes = stacks.ofType('AWS::ApiGatewayV2::Route').map((resource): Route<RouteTarget> => {
    const {
      RouteKey,
      Target,
      AuthorizationType = 'NONE',
      AuthorizerId = '',
      AuthorizationScopes = [],
    } = resource.properties<RouteProperties>();
    const functionArn = integrations.get(Target);
    if (functionArn === undefined) throw new Error(`${resource.logicalId}: no integration ${Target}`);
    const authorizer = authorizers.get(AuthorizerId);
    if ((AuthorizationType === 'JWT') !== (authorizer !== undefined))
      throw new Error(`${resource.logicalId}: authorization ${AuthorizationType} is not known here`);
    const target = functions.find(functionArn);
    return { routeKey: RouteKey, target: { invoke: (event) => target.invoke(event), authorizer, scopes: AuthorizationScopes } };
  });
  const domainName = `${api.logicalId.toLowerCase()}.execute-api.${cloud.region}.amazonaws.com`;
  return createGateway({ routes, domainName, cors: CorsConfiguration, clock });
}

function readIntegration(resource: Resource): string {
  const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = resource.properties<IntegrationProperties>();
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0' || TimeoutInMillis !== undefined) {
    throw new Error(`${resource.logicalId}: only a function with payload format 2.0 and the standard timeout is known here`);
  }
  return IntegrationUri;
}
