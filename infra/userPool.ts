import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { AccountRecovery, FeaturePlan, Mfa, UserPool, UserPoolClient, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

/** Passwords, second factors and tokens. It sends no mail: invitations and resets are our own tokens in our own mails. */
export function createUserPool(scope: Construct): UserPool {
  return new UserPool(scope, 'UserPool', {
    signInAliases: { email: true },
    signInCaseSensitive: false,
    selfSignUpEnabled: false,
    autoVerify: {},
    accountRecovery: AccountRecovery.NONE,
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    // Length, not composition (NIST SP 800-63B §3.1.1.2): rules about symbols make passwords worse.
    passwordPolicy: {
      minLength: 12,
      requireLowercase: false,
      requireUppercase: false,
      requireDigits: false,
      requireSymbols: false,
    },
    featurePlan: FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

export interface UserPoolClientParts {
  readonly id: string;
  readonly secret: string;
}

/**
 * The only client: confidential, for the server's Admin operations, without a hosted page or OAuth.
 *
 * Lives beside the functions and not beside the pool: a secret that crosses stacks becomes an export, readable by
 * whoever may list exports. Replacing it signs everybody out and loses nothing else.
 */
export function createUserPoolClient(scope: Construct, userPool: IUserPool): UserPoolClientParts {
  const client = new UserPoolClient(scope, 'UserPoolClient', {
    userPool,
    authFlows: { adminUserPassword: true },
    disableOAuth: true,
    generateSecret: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(15),
    refreshTokenValidity: Duration.days(30),
  });
  return { id: client.userPoolClientId, secret: (client.node.defaultChild as CfnUserPoolClient).attrClientSecret };
}
