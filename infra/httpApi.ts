import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import type { UserPoolClientParts } from './userPool.ts';

/** An access log names the route, never the path, the address or the person. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionLatencyMs: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/** The API without its routes: the site in front of it needs its address before the functions know the site's. */
export function createHttpApi(scope: Construct): HttpApi {
  const api = new HttpApi(scope, 'Api', { apiName: Stack.of(scope).stackName, createDefaultStage: false });
  const accessLog = new LogGroup(scope, 'ApiLogs', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, 'ApiStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    // Per route and second. Far above a small business, far below what an attack could make the bill.
    throttle: { rateLimit: 100, burstLimit: 200 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
    },
  });
  return api;
}

/** Two routes for each list, one integration and one permission for each function. */
export function addRoutes(api: HttpApi, functions: Functions, pool: IUserPool, client: UserPoolClientParts): void {
  const issuer = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${pool.userPoolId}`;
  const authorizer = new HttpJwtAuthorizer('AccessToken', issuer, { jwtAudience: [client.id] });
  for (const [{ name, trigger }, handler] of functions) {
    if (trigger.kind !== 'http') continue;
    const integration = new HttpLambdaIntegration(`${name}-integration`, handler, { scopePermissionToRoute: false });
    for (const { path, token } of trigger.routes) {
      api.addRoutes({ path, methods: [HttpMethod.ANY], integration, ...(token && { authorizer }) });
    }
  }
}
