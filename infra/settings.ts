import type { Node } from 'constructs';

/** What a deployment may choose; given to the template as CDK context (`--context owner=…`, or the deploy command). */
export interface Settings {
  /** Prefix of the stacks' names; a second deployment in the same account takes another (CloudFront is global). */
  readonly name: string;
  /** Who runs it: alarms go here. */
  readonly owner: string;
  /** Sender of every mail. */
  readonly mailFrom: string;
  /** What SES verifies: a domain (DKIM) or, without one, the sender's address. */
  readonly mailIdentity: { readonly domain: string } | { readonly address: string };
  /** The site's own name, with a certificate of us-east-1; absent: the name CloudFront gives. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  readonly signUp: SignUp;
}

const signUpModes = ['open', 'invite', 'closed'] as const;
type SignUp = (typeof signUpModes)[number];

/** @throws Error that names the setting, when values do not fit together */
export function readSettings(node: Node): Settings {
  const text = (key: string): string | undefined => {
    const value: unknown = node.tryGetContext(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const name = text('name') ?? 'regulars';
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) throw new Error('name: a letter, then up to 30 letters, digits and hyphens');

  // A template without context is for this machine and for tests; the deploy command insists on an owner.
  const owner = text('owner') ?? 'operator@demo.regulars.test';
  const mailDomain = text('mailDomain');
  const mailFrom = text('mailFrom') ?? (mailDomain ? `no-reply@${mailDomain}` : owner);
  for (const [key, value] of Object.entries({ owner, mailFrom })) {
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(value)) throw new Error(`${key}: not a mail address: ${value}`);
  }
  if (mailDomain && !mailFrom.endsWith(`@${mailDomain}`)) throw new Error('mailFrom: not an address of mailDomain');

  const signUp = text('signUp') ?? 'closed';
  if (!isSignUp(signUp)) throw new Error(`signUp: one of ${signUpModes.join(', ')}`);

  return {
    name,
    owner,
    mailFrom,
    mailIdentity: mailDomain ? { domain: mailDomain } : { address: mailFrom },
    domain: readDomain(text('domain'), text('certificateArn')),
    signUp,
  };
}

function readDomain(name: string | undefined, certificateArn: string | undefined): Settings['domain'] {
  if (!name && !certificateArn) return undefined;
  if (!name || !certificateArn) throw new Error('domain and certificateArn: both or neither');
  if (!certificateArn.startsWith('arn:aws:acm:us-east-1:')) {
    throw new Error('certificateArn: CloudFront takes certificates of us-east-1 only');
  }
  return { name, certificateArn };
}

function isSignUp(value: string): value is SignUp {
  return (signUpModes as readonly string[]).includes(value);
}
