import { Aws } from 'aws-cdk-lib/core';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Entry, KeyPattern } from './entries.ts';
import type { FunctionParts } from './functions.ts';
import { anyMailIdentity } from './mail.ts';
import { tableSchema } from './tableSchema.ts';

/**
 * Reading and writing by key. No Scan and no PartiQL, which could walk past the keys; a transaction needs the
 * action of each of its items and none of its own.
 */
const tableActions = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];

/** What an event source mapping reads with, in the name of the function. */
const streamActions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];
const consumeActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];

/** Rights and environment of a function, both read off the same list, so neither is given without the other. */
export function grantsFor(
  { uses, trigger }: Entry,
  parts: FunctionParts,
): { readonly statements: PolicyStatement[]; readonly environment: Record<string, string> } {
  const statements: PolicyStatement[] = [];
  const environment: Record<string, string> = {};
  const { data, client, queues, mail, settings, publicUrl, edgeSecret } = parts;

  if (trigger.kind === 'stream') statements.push(allow(streamActions, [data.table.tableStreamArn!]));
  if (trigger.kind === 'queue') statements.push(allow(consumeActions, [queues[trigger.queue].queueArn]));

  if (uses.table) {
    statements.push(tableStatement(data.table.tableArn, uses.table));
    environment.TABLE_NAME = data.table.tableName;
  }
  for (const name of uses.queues ?? []) {
    environment[`${name.toUpperCase()}_QUEUE_URL`] = queues[name].queueUrl;
  }
  if (uses.queues) {
    statements.push(
      allow(
        ['sqs:SendMessage'],
        uses.queues.map((name) => queues[name].queueArn),
      ),
    );
  }
  if (uses.files) {
    const actions = uses.files === 'exchange' ? ['s3:GetObject', 's3:PutObject'] : ['s3:DeleteObject'];
    statements.push(allow(actions, [data.files.arnForObjects('*')]));
    // Without it S3 says "denied" of a file that is not there.
    if (uses.files === 'exchange') statements.push(allow(['s3:ListBucket'], [data.files.bucketArn]));
    environment.FILES_BUCKET = data.files.bucketName;
  }
  if (uses.failedBatches === 'write') {
    // The event source mapping writes with the function's role; the function itself needs no name.
    statements.push(allow(['s3:PutObject'], [data.failedBatches.arnForObjects('*')]));
    statements.push(allow(['s3:ListBucket'], [data.failedBatches.bucketArn]));
  }
  if (uses.failedBatches === 'read') {
    statements.push(allow(['s3:GetObject', 's3:DeleteObject'], [data.failedBatches.arnForObjects('*')]));
    statements.push(allow(['s3:ListBucket'], [data.failedBatches.bucketArn]));
    environment.FAILED_BATCHES_BUCKET = data.failedBatches.bucketName;
  }
  if (uses.users) {
    statements.push(
      allow(
        uses.users.map((action) => `cognito-idp:${action}`),
        [data.userPool.userPoolArn],
      ),
    );
    environment.USER_POOL_ID = data.userPool.userPoolId;
    environment.USER_POOL_CLIENT_ID = client.id;
  }
  if (uses.clientSecret) environment.USER_POOL_CLIENT_SECRET = client.secret;
  if (uses.mail) {
    const { configurationSetName } = mail.configurationSet;
    const configurationSetArn = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:configuration-set/${configurationSetName}`;
    statements.push(
      // In the sandbox SES also asks for a right on the *recipient's* identity, hence any identity, from one sender.
      // SendRawEmail is what SES checks when the one call, SendEmail, carries a MIME message.
      allow(['ses:SendEmail', 'ses:SendRawEmail'], [anyMailIdentity, configurationSetArn], {
        StringEquals: { 'ses:FromAddress': settings.mailFrom },
      }),
      // The account's send rate and quota; the action knows no resource.
      allow(['ses:GetAccount'], ['*']),
    );
    environment.MAIL_FROM = settings.mailFrom;
    environment.MAIL_CONFIGURATION_SET = configurationSetName;
  }
  const values = { PUBLIC_URL: publicUrl, SIGN_UP: settings.signUp, EDGE_SECRET: edgeSecret };
  for (const name of uses.settings ?? []) environment[name] = values[name];

  return { statements, environment };
}

/** The keys of the statement are those of the table and of its indexes: they all begin with the tenant. */
function tableStatement(tableArn: string, keys: readonly KeyPattern[]): PolicyStatement {
  const indexArns = tableSchema.indexes.map(({ name }) => `${tableArn}/index/${name}`);
  return allow(tableActions, [tableArn, ...indexArns], {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] },
  });
}

export function allow(actions: string[], resources: string[], conditions?: Record<string, unknown>): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions, resources, conditions });
}
