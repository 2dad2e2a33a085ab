import path from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DataStack } from './dataStack.ts';
import { entries, type Entry } from './entries.ts';
import { allow, grantsFor } from './grants.ts';
import type { Mail } from './mail.ts';
import type { Queues } from './queues.ts';
import type { Settings } from './settings.ts';
import type { UserPoolClientParts } from './userPool.ts';

/** What the functions may be given; each takes of it what its entry names. */
export interface FunctionParts {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly client: UserPoolClientParts;
  readonly queues: Queues;
  readonly mail: Mail;
  /** Origin of the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Value of the header by which CloudFront proves itself. */
  readonly edgeSecret: string;
}

export type Functions = ReadonlyMap<Entry, LambdaFunction>;

/** @param codeDir  the bundles: `<codeDir>/<entry>/index.js` */
export function createFunctions(scope: Construct, codeDir: string, parts: FunctionParts): Functions {
  return new Map(entries.map((entry) => [entry, createFunction(scope, codeDir, entry, parts)]));
}

function createFunction(scope: Construct, codeDir: string, entry: Entry, parts: FunctionParts): LambdaFunction {
  const id = pascalCase(entry.name);
  const { statements, environment } = grantsFor(entry, parts);
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // All rights inside the role: they exist before the function does, and nothing else adds to them.
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      uses: new PolicyDocument({
        statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]), ...statements],
      }),
    },
  });
  return new LambdaFunction(scope, `${id}Function`, {
    description: entry.file,
    code: Code.fromAsset(path.join(codeDir, entry.name), { exclude: ['*.map'] }),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: entry.memoryMb,
    timeout: Duration.seconds(entry.timeoutSeconds),
    environment,
    role: role.withoutPolicyUpdates(),
    logGroup,
    recursiveLoop: feedsItself(entry) ? RecursiveLoop.ALLOW : undefined,
  });
}

/** A long job goes on by sending the next chunk to its own queue; Lambda would take the 16th for a runaway. */
function feedsItself({ trigger, uses }: Entry): boolean {
  return trigger.kind === 'queue' && (uses.queues ?? []).includes(trigger.queue);
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
