import { beforeAll, describe, expect, it } from 'vitest';
import { entries, type Entry } from '../../infra/entries.ts';
import { readPoolSettings } from '../../infra/local/userPool/settings.ts';
import { explanations } from '../../infra/nag.ts';
import { tableProperties } from '../../infra/tableSchema.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { flat, ofType, onlyOf, synthesize, target, type Resource, type Synthesized } from './synthesized.ts';

let stacks: Synthesized;
beforeAll(() => {
  stacks = synthesize();
});

type Properties = Resource['Properties'];
interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Logical id and properties of an entry's function. */
function functionOf(entry: Entry): [id: string, properties: Properties] {
  const found = ofType(stacks.app, 'AWS::Lambda::Function').filter(([, { Description }]) => Description === entry.file);
  expect(found, entry.file).toHaveLength(1);
  return found[0]!;
}

function statementsOf(entry: Entry): Statement[] {
  const role = stacks.app[target(functionOf(entry)[1].Role)]!;
  return role.Properties.Policies.flatMap((policy: Properties) => policy.PolicyDocument.Statement);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const actions = (statement: Statement) => list(statement.Action) as string[];
const entriesBy = (kind: Entry['trigger']['kind']) => entries.filter(({ trigger }) => trigger.kind === kind);
const mappingsOf = (entry: Entry) =>
  ofType(stacks.app, 'AWS::Lambda::EventSourceMapping')
    .map(([, mapping]) => mapping)
    .filter(({ FunctionName }) => target(FunctionName) === functionOf(entry)[0]);

describe('the data', () => {
  it('stand in one table with the indexes every tree counts on', () => {
    const { TableName: _, ...schema } = tableProperties('any');

    expect(onlyOf(stacks.all, 'AWS::DynamoDB::Table')).toEqual({
      ...schema,
      AttributeDefinitions: expect.arrayContaining(schema.AttributeDefinitions),
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  it('outlive their stack, and keep the ids by which CloudFormation knows them', () => {
    const lasting = Object.entries(stacks.data).filter(([, { Type }]) => Type !== 'AWS::S3::BucketPolicy');

    expect(lasting.map(([id, { DeletionPolicy }]) => `${id} ${DeletionPolicy}`)).toEqual([
      'TableCD117FA1 Retain',
      'UserPool6BA7E5F2 Retain',
      'Files8E6940B8 Retain',
      'FailedBatches983C92EC Retain',
    ]);
  });

  it('let people in only by the server, for a quarter of an hour at a time', () => {
    expect(onlyOf(stacks.app, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 30 * 24 * 60,
    });
    expect(onlyOf(stacks.data, 'AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    });
  });

  it('describe a user pool that the local one can imitate', () => {
    const identity = { poolId: 'us-east-1_Local0001', clientId: 'id', clientSecret: 'secret' };
    const day = 24 * 60 * 60_000;

    const pool = onlyOf(stacks.data, 'AWS::Cognito::UserPool');
    expect(readPoolSettings(pool, onlyOf(stacks.app, 'AWS::Cognito::UserPoolClient'), identity)).toEqual({
      ...identity,
      password: { minimumLength: 12, uppercase: false, lowercase: false, numbers: false, symbols: false, temporaryPasswordMs: 7 * day },
      softwareToken: true,
      authFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      accessTokenMs: 15 * 60_000,
      idTokenMs: 15 * 60_000,
      refreshTokenMs: 30 * day,
      challengeMs: 3 * 60_000,
      hidesUnknownUsers: true,
      tokenRevocation: true,
    });
  });
});

describe('a function', () => {
  it.each(entries)('$name runs as its entry says', (entry) => {
    const [, properties] = functionOf(entry);

    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: entry.memoryMb,
      Timeout: entry.timeoutSeconds,
    });
    expect(properties).not.toHaveProperty('TracingConfig');
  });

  it.each(entries)('$name touches only tenants’ keys of the table, and never walks through it', (entry) => {
    const onTable = statementsOf(entry).filter((statement) => JSON.stringify(statement.Resource).includes('FnGetAttTable'));
    const byKey = onTable.filter(({ Resource: resource }) => !JSON.stringify(resource).includes('StreamArn'));

    const system = ['changes-stream', 'jobs-queue', 'tick', 'maintenance'].includes(entry.name);
    expect(byKey.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['T#*', 'P#*', ...(system ? ['W#*'] : [])] } },
    ]);
    for (const action of onTable.flatMap(actions)) expect(action).not.toMatch(/Scan|PartiQL|Table$|\*/);
  });

  it.each(entries)('$name has no right over everything', (entry) => {
    for (const statement of statementsOf(entry)) {
      for (const action of actions(statement)) expect(action).not.toContain('*');
      if (list(statement.Resource).includes('*')) expect(actions(statement)).toEqual(['ses:GetAccount']);
    }
  });

  it('knows the client’s secret only where people sign in', () => {
    const knowing = entries.filter((entry) => 'USER_POOL_CLIENT_SECRET' in functionOf(entry)[1].Environment.Variables);

    expect(knowing.map(({ name }) => name)).toEqual(['auth']);
  });

  it('that sends mail does so from the one address', () => {
    const senders = entries.filter((entry) => statementsOf(entry).some((s) => actions(s).includes('ses:SendEmail')));

    expect(senders.map(({ name }) => name)).toEqual(['mail-queue']);
    const [sending] = statementsOf(senders[0]!).filter((statement) => actions(statement).includes('ses:SendEmail'));
    expect(sending!.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'operator@demo.regulars.test' } });
  });

  it('that feeds its own queue is not stopped as a runaway', () => {
    const allowed = entries.filter((entry) => functionOf(entry)[1].RecursiveLoop === 'Allow');

    expect(allowed.map(({ name }) => name)).toEqual(['mail-queue', 'jobs-queue']);
  });

  it('keeps its log for 30 days', () => {
    const logs = ofType(stacks.app, 'AWS::Logs::LogGroup');

    expect(logs).toHaveLength(entries.length + 1);
    for (const [, { RetentionInDays }] of logs) expect(RetentionInDays).toBe(30);
  });
});

describe('the API', () => {
  const routes = () =>
    ofType(stacks.app, 'AWS::ApiGatewayV2::Route').map(([, route]) => ({
      key: route.RouteKey as string,
      authorization: route.AuthorizationType as string,
      functionId: target(stacks.app[/<(.+)>/.exec(flat(route.Target))![1]!]!.Properties.IntegrationUri),
    }));

  it('leads each route to its function, with a token unless the entry says otherwise', () => {
    const expected = entries.flatMap((entry) =>
      entry.trigger.kind !== 'http'
        ? []
        : entry.trigger.routes.map(({ path, token }) => ({
            key: `ANY ${path}`,
            authorization: token ? 'JWT' : 'NONE',
            functionId: functionOf(entry)[0],
          })),
    );

    expect(routes()).toEqual(expect.arrayContaining(expected));
    expect(routes()).toHaveLength(expected.length);
  });

  it.each(REGISTRY.map(segmentOf))('has the routes of the list %s', (segment) => {
    const keys = routes().map(({ key }) => key);

    expect(keys).toContain(`ANY /api/v1/${segment}`);
    expect(keys).toContain(`ANY /api/v1/${segment}/{proxy+}`);
  });

  it('takes access tokens of our own client only', () => {
    const { Audience, Issuer } = onlyOf(stacks.app, 'AWS::ApiGatewayV2::Authorizer').JwtConfiguration;

    expect(stacks.app[target(Audience[0])]!.Type).toBe('AWS::Cognito::UserPoolClient');
    expect(flat(Issuer)).toMatch(/^https:\/\/cognito-idp\.<AWS::Region>\.amazonaws\.com\/<.*UserPool/);
  });

  it('is throttled, and its log knows neither path nor address', () => {
    const { DefaultRouteSettings, AccessLogSettings } = onlyOf(stacks.app, 'AWS::ApiGatewayV2::Stage');

    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(AccessLogSettings.Format).not.toMatch(/path|sourceIp|claims|userAgent/i);
  });
});

describe('work behind the API', () => {
  it('follows the records in the stream, and loses no batch', () => {
    const [reader] = entriesBy('stream');
    const [mapping] = mappingsOf(reader!);

    expect(mapping).toMatchObject({
      FilterCriteria: {
        Filters: [
          '{"dynamodb":{"Keys":{"sk":{"S":["A"]}}}}',
          '{"dynamodb":{"NewImage":{"on":{"M":{"version":{"N":[{"exists":true}]}}}}}}',
          '{"eventName":["REMOVE"],"dynamodb":{"OldImage":{"on":{"M":{"version":{"N":[{"exists":true}]}}}}}}',
          '{"eventName":["REMOVE"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"F#"}]}}}}',
        ].map((Pattern) => ({ Pattern })),
      },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 12 * 60 * 60,
    });
    expect(target(mapping!.EventSourceArn)).toContain('TableCD117FA1StreamArn');
    expect(target(mapping!.DestinationConfig.OnFailure.Destination)).toContain('FailedBatches');
  });

  it.each(entriesBy('queue'))('$name gets back what failed, and nothing while it is still at it', (entry) => {
    const [mapping] = mappingsOf(entry);
    const queue = stacks.app[target(mapping!.EventSourceArn)]!.Properties;

    expect(mapping!.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * entry.timeoutSeconds);
    expect(target(queue.RedrivePolicy.deadLetterTargetArn)).toMatch(/^DeadLetters/);
  });

  it('is woken every minute with the minute it is for', () => {
    const schedule = onlyOf(stacks.app, 'AWS::Scheduler::Schedule');

    expect(schedule.ScheduleExpression).toBe('rate(1 minute)');
    expect(schedule.FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
    expect(schedule.Target.Input).toBe('{"time":"<aws.scheduler.scheduled-time>"}');
    expect(target(schedule.Target.Arn)).toBe(functionOf(entriesBy('tick')[0]!)[0]);
  });

  it('hears of mails that came back', () => {
    const { EventDestination } = onlyOf(stacks.app, 'AWS::SES::ConfigurationSetEventDestination');
    const topic = target(EventDestination.SnsDestination.TopicARN);
    const listeners = ofType(stacks.app, 'AWS::SNS::Subscription').filter(([, s]) => target(s.TopicArn) === topic);

    expect(EventDestination.MatchingEventTypes).toEqual(['bounce', 'complaint']);
    expect(listeners.map(([, s]) => target(s.Endpoint))).toEqual([functionOf(entriesBy('mailEvents')[0]!)[0]]);
  });
});

describe('the site', () => {
  const distribution = () => onlyOf(stacks.app, 'AWS::CloudFront::Distribution').DistributionConfig;
  const headersOf = (behavior: Properties) =>
    stacks.app[target(behavior.ResponseHeadersPolicyId)]!.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;

  it('is served under the content security policy of the design', () => {
    const { ContentSecurityPolicy, StrictTransportSecurity } = headersOf(distribution().DefaultCacheBehavior);
    const files = 'https://s3.<AWS::Region>.<AWS::URLSuffix>/<regulars-data:ExportsOutputRefFiles8E6940B842DACF39>/';

    expect(flat(ContentSecurityPolicy.ContentSecurityPolicy)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
        `img-src 'self' data: blob: ${files}; connect-src 'self' ${files}; font-src 'self'; worker-src 'self'; ` +
        "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(ContentSecurityPolicy.Override).toBe(true);
    expect(StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(31_536_000);
  });

  it('passes API and forms on uncached and keeps logos, with the secret the functions compare', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
    const { CacheBehaviors, Origins } = distribution();
    const secret = functionOf(entries.find(({ name }) => name === 'auth')!)[1].Environment.Variables.EDGE_SECRET;

    expect(CacheBehaviors.map((b: Properties) => `${b.PathPattern} ${b.CachePolicyId}`)).toEqual([
      `/api/* ${cachingDisabled}`,
      `/f/* ${cachingDisabled}`,
      `/logos/* ${cachingOptimized}`,
    ]);
    for (const { TargetOriginId } of CacheBehaviors) {
      const origin = Origins.find(({ Id }: Properties) => Id === TargetOriginId);
      expect(origin.OriginCustomHeaders).toEqual([{ HeaderName: 'x-origin-secret', HeaderValue: secret }]);
    }
  });

  it('lets hosted forms stand in other people’s pages', () => {
    const forms = distribution().CacheBehaviors.find(({ PathPattern }: Properties) => PathPattern === '/f/*');

    expect(headersOf(forms)).not.toHaveProperty('ContentSecurityPolicy');
    expect(headersOf(forms)).not.toHaveProperty('FrameOptions');
  });

  it('asks for a logo by its path alone, and serves it under nosniff', () => {
    const logos = distribution().CacheBehaviors.find(({ PathPattern }: Properties) => PathPattern === '/logos/*');

    expect(logos).not.toHaveProperty('OriginRequestPolicyId');
    expect(logos.AllowedMethods ?? ['GET', 'HEAD']).toEqual(['GET', 'HEAD']);
    expect(headersOf(logos)).toHaveProperty('ContentTypeOptions');
  });

  it('reads its bucket as CloudFront alone', () => {
    const [files] = distribution().Origins;

    expect(files).toHaveProperty('OriginAccessControlId');
    for (const [, { PublicAccessBlockConfiguration }] of ofType(stacks.all, 'AWS::S3::Bucket')) {
      expect(Object.values(PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
  });
});

describe('the operator', () => {
  it('has at most ten alarms, each of which reaches him', () => {
    const alarms = ofType(stacks.app, 'AWS::CloudWatch::Alarm');

    expect(alarms.length).toBeGreaterThan(0);
    expect(alarms.length).toBeLessThanOrEqual(10);
    for (const [, alarm] of alarms) {
      expect(target(alarm.AlarmActions[0])).toMatch(/^Alarms/);
      // CloudWatch takes ten metrics in an alarm, and bills each.
      expect(alarm.Metrics.filter((metric: Properties) => metric.MetricStat).length).toBeLessThanOrEqual(10);
    }
    expect(ofType(stacks.app, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  it('is told of each function that works unseen', () => {
    const watched = JSON.stringify(ofType(stacks.app, 'AWS::CloudWatch::Alarm').filter(([id]) => /^Work/.test(id)));
    const unseen = entries.filter(({ trigger }) => trigger.kind !== 'http' && trigger.kind !== 'operator');

    for (const entry of unseen) expect(watched).toContain(`"${functionOf(entry)[0]}"`);
  });
});

describe('the templates', () => {
  it('stay far below what CloudFormation takes', () => {
    expect(Object.keys(stacks.all).length).toBeLessThan(300);
  });

  it('use only the functions of CloudFormation that the local host evaluates', () => {
    const used = new Set(JSON.stringify(stacks.all).match(/"(Fn::\w+|Condition)":(?!\{"[A-Z])/g));

    expect([...used].sort()).toEqual(
      ['Fn::GetAtt', 'Fn::ImportValue', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::Sub'].map((name) => `"${name}":`),
    );
  });

  it('break no rule of AWS without a reason, and give no reason that is not needed', () => {
    const reasons = explanations('regulars-data').map(
      ({ stack, at, rule }) => `regulars-${stack}/${at} AwsSolutions::AwsSolutions-${rule}`,
    );
    const excused = stacks.findings.suppressedViolations.map(({ acknowledgedAt, acknowledgedId }) => `${acknowledgedAt} ${acknowledgedId}`);

    expect(stacks.findings.violations).toEqual([]);
    expect(new Set(excused)).toEqual(new Set(reasons));
  });
});

describe('a deployment with a domain of its own', () => {
  it('is reached by that name, under TLS 1.2', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000';

    const { app } = synthesize({ owner: 'anna@laden.example', domain: 'crm.laden.example', certificateArn });

    const { DistributionConfig } = onlyOf(app, 'AWS::CloudFront::Distribution');
    const urls = ofType(app, 'AWS::Lambda::Function').flatMap(([, f]) => f.Environment.Variables.PUBLIC_URL ?? []);
    expect(DistributionConfig.Aliases).toEqual(['crm.laden.example']);
    expect(DistributionConfig.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    expect(new Set(urls)).toEqual(new Set(['https://crm.laden.example']));
  });
});
