import { expectClient, expectPool, type Operation } from './pool.ts';

/** Shows the client, its secret included, as AWS does to whoever may ask. */
export const describeUserPoolClient: Operation = (pool, input) => {
  expectPool(pool, input);
  expectClient(pool, input);
  const { poolId, clientId, clientSecret, authFlows, hidesUnknownUsers, tokenRevocation, ...times } = pool.settings;
  const minutes = (ms: number) => Math.round(ms / 60_000);
  return {
    UserPoolClient: {
      UserPoolId: poolId,
      ClientId: clientId,
      ClientSecret: clientSecret,
      ExplicitAuthFlows: authFlows,
      PreventUserExistenceErrors: hidesUnknownUsers ? 'ENABLED' : 'LEGACY',
      EnableTokenRevocation: tokenRevocation,
      AccessTokenValidity: minutes(times.accessTokenMs),
      IdTokenValidity: minutes(times.idTokenMs),
      RefreshTokenValidity: minutes(times.refreshTokenMs),
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      AuthSessionValidity: minutes(times.challengeMs),
    },
  };
};
