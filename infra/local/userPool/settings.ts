/** What decides how the pool and its only client behave. */
export interface PoolSettings {
  /** As AWS makes them, `us-east-1_Ab3dEf6hI`: token verifiers refuse ids of another form. */
  poolId: string;
  clientId: string;
  clientSecret: string;
  password: PasswordPolicy;
  /** Whether people may add a code from an authenticator app. */
  softwareToken: boolean;
  authFlows: readonly string[];
  accessTokenMs: number;
  idTokenMs: number;
  refreshTokenMs: number;
  /** How long a challenge may be answered. */
  challengeMs: number;
  /** Whether an unknown user fails like a wrong password. */
  hidesUnknownUsers: boolean;
  tokenRevocation: boolean;
}

export interface PasswordPolicy {
  minimumLength: number;
  uppercase: boolean;
  lowercase: boolean;
  numbers: boolean;
  symbols: boolean;
  temporaryPasswordMs: number;
}

type Properties = Readonly<Record<string, unknown>>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const unitMs: Record<string, number> = { seconds: 1000, minutes: MINUTE_MS, hours: 60 * MINUTE_MS, days: DAY_MS };

/** Properties that say nothing about signing in with a password through the Admin operations. */
const irrelevant = {
  pool: [
    'AccountRecoverySetting',
    'AdminCreateUserConfig',
    'DeletionProtection',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'SmsVerificationMessage',
    'UserPoolName',
    'UserPoolTags',
    'UserPoolTier',
    'VerificationMessageTemplate',
  ],
  client: ['AllowedOAuthFlowsUserPoolClient', 'ClientName', 'GenerateSecret', 'SupportedIdentityProviders', 'UserPoolId'],
};

/**
 * Settings read off the synthesized template, so that the pool is described once.
 * @param pool  properties of the `AWS::Cognito::UserPool`
 * @param client  properties of its `AWS::Cognito::UserPoolClient`
 * @throws Error naming a property that is not imitated here: better no start than another behaviour than on AWS
 */
export function readPoolSettings(
  pool: Properties,
  client: Properties,
  identity: Pick<PoolSettings, 'poolId' | 'clientId' | 'clientSecret'>,
): PoolSettings {
  const { Policies, UsernameAttributes, UsernameConfiguration, MfaConfiguration = 'OFF', EnabledMfas = [], ...otherPool } = pool;
  const { AutoVerifiedAttributes, ...unknownPool } = otherPool;
  refuseUnknown('AWS::Cognito::UserPool', unknownPool, irrelevant.pool);
  expectSame('UsernameAttributes', UsernameAttributes, ['email']);
  expectSame('UsernameConfiguration', UsernameConfiguration, { CaseSensitive: false });
  if (AutoVerifiedAttributes !== undefined) expectSame('AutoVerifiedAttributes', AutoVerifiedAttributes, []);
  if (MfaConfiguration !== 'OFF') {
    expectSame('MfaConfiguration', MfaConfiguration, 'OPTIONAL');
    expectSame('EnabledMfas', EnabledMfas, ['SOFTWARE_TOKEN_MFA']);
  }

  const { ExplicitAuthFlows, PreventUserExistenceErrors, EnableTokenRevocation, TokenValidityUnits, ...otherClient } = client;
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, AuthSessionValidity, ...unknownClient } = otherClient;
  refuseUnknown('AWS::Cognito::UserPoolClient', unknownClient, irrelevant.client);
  const units = (TokenValidityUnits ?? {}) as Record<string, string>;
  const validity = (value: unknown, unit: string, standard: number) => (value === undefined ? standard : Number(value) * unitMs[unit]!);

  return {
    ...identity,
    password: readPolicy(((Policies ?? {}) as Properties)['PasswordPolicy'] as Properties | undefined),
    softwareToken: MfaConfiguration !== 'OFF',
    authFlows: (ExplicitAuthFlows ?? []) as string[],
    accessTokenMs: validity(AccessTokenValidity, units['AccessToken'] ?? 'hours', 60 * MINUTE_MS),
    idTokenMs: validity(IdTokenValidity, units['IdToken'] ?? 'hours', 60 * MINUTE_MS),
    refreshTokenMs: validity(RefreshTokenValidity, units['RefreshToken'] ?? 'days', 30 * DAY_MS),
    challengeMs: validity(AuthSessionValidity, 'minutes', 3 * MINUTE_MS),
    hidesUnknownUsers: PreventUserExistenceErrors === 'ENABLED',
    tokenRevocation: EnableTokenRevocation === true,
  };
}

function readPolicy(policy: Properties = {}): PasswordPolicy {
  const { MinimumLength, RequireUppercase, RequireLowercase, RequireNumbers, RequireSymbols, ...other } = policy;
  const { TemporaryPasswordValidityDays, ...unknown } = other;
  refuseUnknown('PasswordPolicy', unknown, []);
  return {
    minimumLength: Number(MinimumLength ?? 8),
    uppercase: RequireUppercase === true,
    lowercase: RequireLowercase === true,
    numbers: RequireNumbers === true,
    symbols: RequireSymbols === true,
    temporaryPasswordMs: Number(TemporaryPasswordValidityDays ?? 7) * DAY_MS,
  };
}

function refuseUnknown(where: string, properties: Properties, known: readonly string[]): void {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown) throw new Error(`${where}: the local user pool does not imitate ${unknown}`);
}

function expectSame(name: string, value: unknown, expected: unknown): void {
  if (JSON.stringify(value) !== JSON.stringify(expected)) {
    throw new Error(`the local user pool imitates ${name} only as ${JSON.stringify(expected)}, not ${JSON.stringify(value)}`);
  }
}
