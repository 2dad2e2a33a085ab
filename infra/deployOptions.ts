import { parseArgs } from 'node:util';

/** Options of the deploy command and the context key each one sets; what they mean stands in settings.ts. */
const contextKeys = {
  owner: 'owner',
  name: 'name',
  domain: 'domain',
  certificate: 'certificateArn',
  'mail-domain': 'mailDomain',
  'mail-from': 'mailFrom',
  'sign-up': 'signUp',
} as const;

export const usage = `npm run deploy -- --owner you@example.com [options]
  --owner ADDRESS         receives the alarms; sender of the mails unless another is given
  --domain NAME           the site's own name, with --certificate
  --certificate ARN       of that name, in us-east-1 (AWS Certificate Manager)
  --mail-domain NAME      send from this domain, signed with DKIM
  --mail-from ADDRESS     sender of the mails
  --sign-up MODE          who may make a workspace: open (anybody), invite (who has an account),
                          closed (nobody after the first one; default)
  --name NAME             a second deployment in the same account needs another name
AWS_REGION and AWS_PROFILE say where and as whom.`;

/**
 * @returns the context for the template
 * @throws Error that says what is wrong with the options
 */
export function contextFromOptions(args: string[]): Record<string, string> {
  const options = Object.fromEntries(Object.keys(contextKeys).map((key) => [key, { type: 'string' as const }]));
  const { values } = parseArgs({ args, options, strict: true });
  if (!values.owner) throw new Error('--owner is missing');
  return Object.fromEntries(
    Object.entries(contextKeys).flatMap(([option, key]) => {
      const value = values[option];
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}
