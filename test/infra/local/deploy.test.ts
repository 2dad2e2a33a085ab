import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { localAddresses } from '../../../infra/local/deploy/cloud.ts';
import { noValue, resolve, type Scope } from '../../../infra/local/deploy/intrinsics.ts';
import { deployed, ignored, refused } from '../../../infra/local/deploy/resourceTypes.ts';
import { openStacks } from '../../../infra/local/deploy/stacks.ts';

describe('a function of CloudFormation', () => {
  const scope: Scope = {
    ref: (name) => ({ Region: 'us-east-1', Nothing: noValue, List: ['a', 'b'] })[name],
    getAtt: (id, attribute) => `${id}/${attribute}`,
    importValue: (name) => `imported ${name}`,
    condition: (name) => name === 'Yes',
  };
  it.each([
    [{ Ref: 'Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Table', 'Stream.Arn'] }, 'Table/Stream.Arn'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'Table/Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Region' }, 1]] }, 'a-us-east-1-1'],
    [{ 'Fn::Join': ['-', { Ref: 'List' }] }, 'a-b'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::Sub': 'x-${Region}-${Table.Arn}-${!kept}' }, 'x-us-east-1-Table/Arn-${kept}'],
    [{ 'Fn::Sub': ['${a}', { a: { Ref: 'Region' } }] }, 'us-east-1'],
    [{ 'Fn::ImportValue': 'name' }, 'imported name'],
    [{ 'Fn::If': ['Yes', 1, 2] }, 1],
    [{ 'Fn::If': ['No', 1, { Ref: 'Region' }] }, 'us-east-1'],
    [{ 'Fn::Equals': ['a', 'a'] }, true],
    [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }, false],
    [{ a: { Ref: 'Nothing' }, b: [1, { Ref: 'Nothing' }] }, { b: [1] }],
    [
      { Ref: 'Region', and: 'more' },
      { Ref: 'Region', and: 'more' },
    ],
  ])('%j → %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('that is not known here is refused', () => {
    expect(() => resolve({ a: [{ 'Fn::GetAZs': '' }] }, scope)).toThrow(/Fn::GetAZs/);
  });
});

describe('an assembly', () => {
  const dirs: string[] = [];
  afterEach(() => dirs.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

  const live = {
    queueUrls: new Map([['app-Jobs', 'http://queues/app-Jobs']]),
    userPool: () => ({ id: 'us-east-1_Pool', clientId: 'client', clientSecret: 'secret' }),
  };

  /** Opens two stacks with these resources; the first exports its table. */
  function open(first: object, second: object = {}) {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
    dirs.push(dir);
    const write = (name: string, value: object) => writeFileSync(path.join(dir, name), JSON.stringify(value));
    const stack = (templateFile: string) => ({ type: 'aws:cloudformation:stack', properties: { templateFile } });
    write('manifest.json', { artifacts: { data: stack('data.json'), tree: { type: 'cdk:tree' }, app: stack('app.json') } });
    write('data.json', { Resources: first, Outputs: { O: { Value: { Ref: 'Table' }, Export: { Name: 'data:Table' } } } });
    write('app.json', { Resources: second });
    return openStacks(dir, live, 'stack-uuid');
  }

  it('gives each resource its name, ARN and properties without functions', () => {
    const stacks = open(
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [] } }, Files: { Type: 'AWS::S3::Bucket' } },
      {
        Jobs: { Type: 'AWS::SQS::Queue' },
        Role: { Type: 'AWS::IAM::Role', Properties: { Anything: { 'Fn::Unknown': 1 } } },
        Worker: {
          Type: 'AWS::Lambda::Function',
          Metadata: { 'aws:asset:path': 'asset.1' },
          Properties: {
            Environment: {
              Variables: {
                TABLE: { 'Fn::ImportValue': 'data:Table' },
                QUEUE: { Ref: 'Jobs' },
                SECRET: { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
                URL: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Site', 'DomainName'] }]] },
              },
            },
          },
        },
        Site: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
      },
    );

    const worker = stacks.ofType('AWS::Lambda::Function')[0]!;
    expect(worker).toMatchObject({
      name: 'app-Worker',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:app-Worker',
      assetPath: 'asset.1',
    });
    const { Environment } = worker.properties<{ Environment: { Variables: Record<string, string> } }>();
    expect(Environment.Variables).toEqual({
      TABLE: 'data-Table',
      QUEUE: 'http://queues/app-Jobs',
      SECRET: 'stack-uuid',
      URL: 'https://d00000000000000.cloudfront.net',
    });
    expect(localAddresses({ site: 'http://localhost:1', objects: 'http://o' })(Environment.Variables['URL']!)).toBe('http://localhost:1');
    expect(stacks.ofType('AWS::S3::Bucket')[0]!.name).toBe('data-files');
    expect(stacks.byArn(`${stacks.ofType('AWS::DynamoDB::Table')[0]!.arn}/stream/local`).name).toBe('data-Table');
  });

  it.each([
    ['a type that stands in no list', { Type: 'AWS::EC2::Instance' }, /AWS::EC2::Instance/],
    ['a refused type, saying why', { Type: 'AWS::DynamoDB::GlobalTable' }, /TableV2/],
    ['a property that stands in no list', { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } }, /FifoQueue of AWS::SQS::Queue/],
  ])('with %s is refused', (_, resource, message) => {
    expect(() => open({ Thing: resource })).toThrow(message);
  });

  it.each([
    ['an unknown name', { Ref: 'Nobody' }, /Nobody/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Colour'] }, /Colour/],
    ['an unknown export', { 'Fn::ImportValue': 'x' }, /exported as x/],
  ])('refuses %s when it is asked for', (_, value, message) => {
    const stacks = open({ Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: value } } });

    expect(() => stacks.ofType('AWS::SQS::Queue')[0]!.properties()).toThrow(message);
  });
});

describe('the lists of resource types', () => {
  it('do not overlap', () => {
    const names = [deployed, ignored, refused].flatMap((list) => Object.keys(list));

    expect(names).toHaveLength(new Set(names).size);
  });
});
