import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { ALGORITHM } from '../sigV4.ts';
import { CognitoError } from './cognitoError.ts';
import { describeUserPoolClient } from './describeClient.ts';
import { parseInput } from './input.ts';
import { createTurns, type Operation, type Pool } from './pool.ts';
import type { PoolSettings } from './settings.ts';
import { adminInitiateAuth, adminRespondToAuthChallenge, getTokensFromRefreshToken, revokeToken } from './signIn.ts';
import { associateSoftwareToken, verifySoftwareToken } from './softwareToken.ts';
import { openUserStore } from './store.ts';
import { createTokens, issuerOf } from './tokens.ts';
import * as users from './users.ts';

export interface UserPoolOptions {
  /** Free one when absent. */
  port?: number;
  /** Users are kept here; in memory when absent. */
  dataDir?: string;
  /** Decides over expiry and locks, and dates the tokens. */
  clock: Clock;
  pool: PoolSettings;
}

export interface UserPool {
  url: string;
  /** What tokens name as their issuer. */
  issuer: string;
  /** Where the public keys are served; on AWS they lie under the issuer. */
  jwksUrl: string;
  close(): Promise<void>;
}

const PROTOCOL = 'AWSCognitoIdentityProviderService.';
const MOST_BODY_BYTES = 256 * 1024;

/** Need IAM rights on AWS: a request without a signature is refused. The signature itself is not checked. */
const forAdministrators = new Map<string, Operation>(
  Object.entries({
    AdminCreateUser: users.adminCreateUser,
    AdminDeleteUser: users.adminDeleteUser,
    AdminDisableUser: users.adminDisableUser,
    AdminEnableUser: users.adminEnableUser,
    AdminGetUser: users.adminGetUser,
    AdminInitiateAuth: adminInitiateAuth,
    AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
    AdminSetUserMFAPreference: users.adminSetUserMfaPreference,
    AdminSetUserPassword: users.adminSetUserPassword,
    AdminUpdateUserAttributes: users.adminUpdateUserAttributes,
    AdminUserGlobalSignOut: users.adminUserGlobalSignOut,
    DescribeUserPoolClient: describeUserPoolClient,
  }),
);
/** Carry their own proof: a token, or the client's secret. */
const forAnybody = new Map<string, Operation>(
  Object.entries({
    AssociateSoftwareToken: associateSoftwareToken,
    GetTokensFromRefreshToken: getTokensFromRefreshToken,
    RevokeToken: revokeToken,
    VerifySoftwareToken: verifySoftwareToken,
  }),
);

/**
 * A Cognito user pool with one confidential client, for the Admin operations that the API uses, refusing what Cognito
 * refuses under the same names. Other operations are answered with UnknownOperationException.
 */
export async function startUserPool({ port, dataDir, clock, pool: settings }: UserPoolOptions): Promise<UserPool> {
  const store = openUserStore(dataDir);
  const tokens = await createTokens(settings, store);
  const pool: Pool = { settings, store, tokens, clock, inTurn: createTurns() };
  const jwksPath = `/${settings.poolId}/.well-known/jwks.json`;
  const server = http.createServer((request, reply) => {
    const answering =
      request.method === 'GET' && request.url === jwksPath
        ? Promise.resolve(send(reply, 200, tokens.jwks, { 'content-type': 'application/json' }))
        : serve(pool, request, reply);
    answering.catch(() => reply.destroy());
  });
  server.listen(port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    issuer: issuerOf(settings.poolId),
    jwksUrl: `${url}${jwksPath}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      store.close();
    },
  };
}

async function serve(pool: Pool, request: http.IncomingMessage, reply: http.ServerResponse): Promise<void> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  try {
    const body = await readBody(request);
    const operation = findOperation(request);
    send(reply, 200, await operation(pool, parseInput(body)), headers);
  } catch (error) {
    const { name, message } = error instanceof CognitoError ? error : { name: 'InternalErrorException', message: String(error) };
    const status = error instanceof CognitoError ? 400 : 500;
    send(reply, status, { __type: name, message }, { ...headers, 'x-amzn-errortype': name });
  }
}

function findOperation({ method, headers }: http.IncomingMessage): Operation {
  const target = String(headers['x-amz-target'] ?? '');
  const name = target.startsWith(PROTOCOL) ? target.slice(PROTOCOL.length) : '';
  const open = forAnybody.get(name);
  const operation = open ?? forAdministrators.get(name);
  if (method !== 'POST' || !operation) {
    throw new CognitoError('UnknownOperationException', `The local user pool does not know ${target || 'this request'}.`);
  }
  if (!open && !headers.authorization?.startsWith(`${ALGORITHM} `)) {
    throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return operation;
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BODY_BYTES) throw new CognitoError('SerializationException', 'The request is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function send(reply: http.ServerResponse, status: number, body: object, headers: Record<string, string>): void {
  reply.writeHead(status, headers).end(JSON.stringify(body));
}
