import { createHmac } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PoolSettings } from '../../../infra/local/userPool/settings.ts';

const MINUTE = 60_000;

export const poolSettings: PoolSettings = {
  poolId: 'us-east-1_Local0001',
  clientId: '2h7k0local0client0id000001',
  clientSecret: 'the secret of the client',
  password: {
    minimumLength: 12,
    uppercase: false,
    lowercase: false,
    numbers: false,
    symbols: false,
    temporaryPasswordMs: 7 * 24 * 60 * MINUTE,
  },
  softwareToken: true,
  authFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  accessTokenMs: 15 * MINUTE,
  idTokenMs: 15 * MINUTE,
  refreshTokenMs: 30 * 24 * 60 * MINUTE,
  challengeMs: 3 * MINUTE,
  hidesUnknownUsers: true,
  tokenRevocation: true,
};

export const cognitoClient = (endpoint: string): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

export const secretHash = (username: string, { clientId, clientSecret } = poolSettings): string =>
  createHmac('sha256', clientSecret)
    .update(username + clientId)
    .digest('base64');
