import { cloud, siteDomain } from './cloud.ts';

export interface Identity {
  type: string;
  stack: string;
  logicalId: string;
  name: string;
}

/** What only exists once the local servers run. */
export interface LiveValues {
  /** By name; filled when the queues are created. */
  queueUrls: ReadonlyMap<string, string>;
  userPool(): { id: string; clientId: string; clientSecret: string };
}

export interface Attributes {
  arn: string;
  ref(): unknown;
  /** Undefined for one that is not known here. */
  attribute(name: string): unknown;
}

/** The property by which a template may name a resource itself. */
const nameProperty: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SES::ConfigurationSet': 'Name',
};

/** Physical names are the same at each start, because data are kept under them. */
export function physicalName(type: string, stack: string, logicalId: string, properties: object): string {
  const own = (properties as Record<string, unknown>)[nameProperty[type] ?? ''];
  if (typeof own === 'string') return own;
  const name = `${stack}-${logicalId}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export function attributesOf(identity: Identity, live: LiveValues): Attributes {
  const { type, name, logicalId } = identity;
  const arn = arnOf(identity);
  const known: Record<string, () => unknown> = { Arn: () => arn };
  let ref: () => unknown = () => name;
  switch (type) {
    case 'AWS::DynamoDB::Table':
      known['StreamArn'] = () => `${arn}/stream/local`;
      break;
    case 'AWS::S3::Bucket':
      known['RegionalDomainName'] = () => `${name}.s3.${cloud.region}.amazonaws.com`;
      known['DomainName'] = () => `${name}.s3.amazonaws.com`;
      break;
    case 'AWS::SQS::Queue':
      ref = () => existing(live.queueUrls.get(name), name);
      known['QueueName'] = () => name;
      known['QueueUrl'] = ref;
      break;
    case 'AWS::SNS::Topic':
      ref = () => arn;
      known['TopicArn'] = ref;
      known['TopicName'] = () => name;
      break;
    case 'AWS::Cognito::UserPool':
      ref = () => live.userPool().id;
      known['UserPoolId'] = ref;
      break;
    case 'AWS::Cognito::UserPoolClient':
      ref = () => live.userPool().clientId;
      known['ClientId'] = ref;
      known['ClientSecret'] = () => live.userPool().clientSecret;
      break;
    case 'AWS::CloudFront::Distribution':
      known['DomainName'] = () => siteDomain;
      known['Id'] = ref;
      break;
    case 'AWS::CloudFront::Function':
      ref = () => arn;
      known['FunctionARN'] = ref;
      break;
    case 'AWS::CloudFront::OriginAccessControl':
      known['Id'] = ref;
      break;
    case 'AWS::ApiGatewayV2::Api':
      // An API's id is a label of its host name.
      ref = () => logicalId.toLowerCase();
      known['ApiId'] = ref;
      known['ApiEndpoint'] = () => `https://${logicalId.toLowerCase()}.execute-api.${cloud.region}.amazonaws.com`;
      break;
  }
  return { arn, ref: () => ref(), attribute: (attribute) => known[attribute]?.() };
}

function existing(url: string | undefined, name: string): string {
  if (url === undefined) throw new Error(`the queue ${name} does not exist yet`);
  return url;
}

function arnOf({ type, name }: Identity): string {
  const { partition, account, region } = cloud;
  const service = services[type];
  if (!service) return `arn:${partition}:local:${region}:${account}:${type}/${name}`;
  const [prefix, path, global] = service;
  if (global === 'bucket') return `arn:${partition}:s3:::${name}`;
  return `arn:${partition}:${prefix}:${global === 'global' ? '' : region}:${account}:${path}${name}`;
}

/** Service, what stands before the name, and which parts an ARN leaves out. */
const services: Record<string, [prefix: string, path: string, parts?: 'global' | 'bucket']> = {
  'AWS::DynamoDB::Table': ['dynamodb', 'table/'],
  'AWS::S3::Bucket': ['s3', '', 'bucket'],
  'AWS::SQS::Queue': ['sqs', ''],
  'AWS::SNS::Topic': ['sns', ''],
  'AWS::Lambda::Function': ['lambda', 'function:'],
  'AWS::Cognito::UserPool': ['cognito-idp', 'userpool/'],
  'AWS::CloudFront::Function': ['cloudfront', 'function/', 'global'],
  'AWS::IAM::Role': ['iam', 'role/', 'global'],
  'AWS::Logs::LogGroup': ['logs', 'log-group:'],
};
