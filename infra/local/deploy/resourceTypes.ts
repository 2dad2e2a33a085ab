/**
 * What the local host makes of each CloudFormation resource. A type or property that stands in none of these lists
 * stops the start: it would otherwise be missing here in silence, and everything tested here would say little about
 * what is deployed.
 */

/** Deployed: the properties that count here, and those that knowingly do not, each with its reason. */
export const deployed: Readonly<
  Record<string, { properties: readonly string[] | 'checked there'; ignored?: Readonly<Record<string, string>> }>
> = {
  'AWS::DynamoDB::Table': {
    properties: [
      'TableName',
      'AttributeDefinitions',
      'KeySchema',
      'GlobalSecondaryIndexes',
      'StreamSpecification',
      'TimeToLiveSpecification',
      'BillingMode',
    ],
    ignored: {
      PointInTimeRecoverySpecification: 'unknown to DynamoDB Local',
      DeletionProtectionEnabled: 'nothing deletes a table here',
    },
  },
  'AWS::S3::Bucket': {
    properties: ['BucketName', 'CorsConfiguration'],
    ignored: {
      BucketEncryption: 'files stay on this machine',
      LifecycleConfiguration: 'nothing is kept long enough to expire',
      PublicAccessBlockConfiguration: 'the object store knows no public access',
      VersioningConfiguration: 'overwritten objects are gone',
    },
  },
  // The user pool reads its own properties and refuses those it does not imitate (readPoolSettings).
  'AWS::Cognito::UserPool': { properties: 'checked there' },
  'AWS::Cognito::UserPoolClient': { properties: 'checked there' },
  'AWS::SQS::Queue': {
    properties: [
      'QueueName',
      'VisibilityTimeout',
      'MessageRetentionPeriod',
      'DelaySeconds',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
    ],
  },
  'AWS::SNS::Topic': { properties: ['TopicName'] },
  'AWS::SNS::Subscription': { properties: ['TopicArn', 'Protocol', 'Endpoint'] },
  'AWS::SES::ConfigurationSet': {
    properties: ['Name'],
    ignored: { ReputationOptions: 'a metric' },
  },
  'AWS::SES::ConfigurationSetEventDestination': { properties: ['ConfigurationSetName', 'EventDestination'] },
  'AWS::SES::EmailIdentity': {
    properties: ['EmailIdentity'],
    ignored: { ConfigurationSetAttributes: 'each mail names its configuration set' },
  },
  'AWS::Lambda::Function': {
    properties: ['FunctionName', 'Handler', 'Environment', 'MemorySize', 'Timeout', 'Description', 'ReservedConcurrentExecutions'],
    ignored: {
      Architectures: 'the architecture of this machine',
      Code: 'taken from the bundles or the assembly',
      LoggingConfig: 'logs are files here',
      RecursiveLoop: 'a guard of the service',
      Role: 'rights are not evaluated',
      Runtime: 'the Node of this process',
      Tags: 'labels',
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    properties: [
      'EventSourceArn',
      'FunctionName',
      'BatchSize',
      'BisectBatchOnFunctionError',
      'DestinationConfig',
      'FilterCriteria',
      'FunctionResponseTypes',
      'MaximumRetryAttempts',
      'ParallelizationFactor',
      'ScalingConfig',
    ],
    ignored: {
      StartingPosition: 'the mapping is as old as its stream',
      MaximumRecordAgeInSeconds: 'no record gets so old between two starts',
      MaximumBatchingWindowInSeconds: 'a batch goes as soon as there is something',
    },
  },
  'AWS::Scheduler::Schedule': {
    properties: ['Name', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'Target'],
    ignored: {
      FlexibleTimeWindow: 'runs are on time here',
      Description: 'a label',
    },
  },
  'AWS::ApiGatewayV2::Api': {
    properties: ['ProtocolType', 'CorsConfiguration'],
    ignored: { Name: 'a label' },
  },
  'AWS::ApiGatewayV2::Route': { properties: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'] },
  'AWS::ApiGatewayV2::Integration': {
    properties: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
  },
  'AWS::ApiGatewayV2::Authorizer': {
    properties: ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration'],
    ignored: { Name: 'a label' },
  },
  'AWS::CloudFront::Distribution': { properties: ['DistributionConfig'] },
  'AWS::CloudFront::Function': {
    properties: ['FunctionCode'],
    ignored: { AutoPublish: 'there is one stage', FunctionConfig: 'there is one runtime', Name: 'a label' },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { properties: ['ResponseHeadersPolicyConfig'] },
};

/** Ignored wholly, each with its reason. */
export const ignored: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Stage': 'one stage; throttling and access logs are the service’s',
  'AWS::CDK::Metadata': 'statistics of the CDK',
  'AWS::CloudFront::OriginAccessControl': 'the site’s files are read from the disk',
  'AWS::CloudWatch::Alarm': 'nothing is measured here',
  'AWS::CloudWatch::Dashboard': 'nothing is measured here',
  'AWS::IAM::Policy': 'rights are not evaluated; tests of the template hold them',
  'AWS::IAM::Role': 'rights are not evaluated; tests of the template hold them',
  'AWS::Lambda::Permission': 'rights are not evaluated; tests of the template hold them',
  'AWS::Logs::LogGroup': 'logs are files here',
  'AWS::S3::BucketPolicy': 'the object store has one key and no other reader',
  'AWS::SNS::TopicPolicy': 'rights are not evaluated; tests of the template hold them',
  'AWS::SQS::QueuePolicy': 'rights are not evaluated; tests of the template hold them',
};

/** Refused with a word on what to take instead; so is every type that stands nowhere here. */
export const refused: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::CustomResource': 'a custom resource runs code that only the cloud has',
  'AWS::DynamoDB::GlobalTable': 'use the Table construct, not TableV2',
  'AWS::Events::Rule': 'use a schedule of EventBridge Scheduler',
  'AWS::Lambda::Url': 'add a route to the HTTP API',
  'AWS::Serverless::Function': 'SAM types are not plain CloudFormation',
  'Custom::CDKBucketDeployment': 'the deploy command uploads files',
  'Custom::S3AutoDeleteObjects': 'nothing here deletes a bucket',
};

/** @throws Error that names what the local host does not know */
export function assertKnown(type: string, logicalId: string, properties: object): void {
  if (type in ignored) return;
  const rule = deployed[type];
  if (!rule) throw new Error(`${logicalId}: the local host does not deploy ${type}${refused[type] ? ` (${refused[type]})` : ''}`);
  if (rule.properties === 'checked there') return;
  for (const name of Object.keys(properties)) {
    if (rule.properties.includes(name) || name in (rule.ignored ?? {})) continue;
    throw new Error(`${logicalId}: the local host does not know ${name} of ${type}; add it to resourceTypes.ts`);
  }
}
