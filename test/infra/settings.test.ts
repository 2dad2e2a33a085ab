import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { contextFromOptions } from '../../infra/deployOptions.ts';
import { readSettings } from '../../infra/settings.ts';

const settings = (context: Record<string, string>) => readSettings(new App({ context }).node);
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0';

describe('settings of a deployment', () => {
  it('need an owner alone, who then also is the sender', () => {
    expect(settings({ owner: 'anna@laden.example' })).toEqual({
      name: 'regulars',
      owner: 'anna@laden.example',
      mailFrom: 'anna@laden.example',
      mailIdentity: { address: 'anna@laden.example' },
      domain: undefined,
      signUp: 'closed',
    });
  });

  it('send from a domain when one is given', () => {
    const { mailFrom, mailIdentity } = settings({ owner: 'anna@laden.example', mailDomain: 'crm.laden.example' });

    expect({ mailFrom, mailIdentity }).toEqual({
      mailFrom: 'no-reply@crm.laden.example',
      mailIdentity: { domain: 'crm.laden.example' },
    });
  });

  it.each([
    [{ owner: 'anna' }, 'owner'],
    [{ owner: 'Anna <anna@laden.example>' }, 'owner'],
    [{ mailFrom: 'x@other.example', mailDomain: 'laden.example' }, 'mailFrom'],
    [{ domain: 'crm.laden.example' }, 'certificateArn'],
    [{ certificateArn }, 'domain'],
    [{ domain: 'crm.laden.example', certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') }, 'us-east-1'],
    [{ signUp: 'always' }, 'signUp'],
    [{ name: 'Regulars!' }, 'name'],
  ])('refuse %o and name what is wrong', (context, named) => {
    expect(() => settings(context as Record<string, string>)).toThrow(named);
  });
});

describe('options of the deploy command', () => {
  it('become the context of the template', () => {
    const args = ['--owner', 'anna@laden.example', '--domain', 'crm.laden.example', '--certificate', certificateArn];

    expect(contextFromOptions(args)).toEqual({ owner: 'anna@laden.example', domain: 'crm.laden.example', certificateArn });
  });

  it.each([[[]], [['--owner']], [['--owner', 'a@b.c', '--regoin', 'x']], [['a@b.c']]])('refuse %j', (args) => {
    expect(() => contextFromOptions(args)).toThrow();
  });
});
