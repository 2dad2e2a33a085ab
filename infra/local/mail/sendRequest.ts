/**
 * What SES refuses and aws-ses-v2-local lets pass.
 * @source https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export interface SendRequest {
  FromEmailAddress?: string;
  ReplyToAddresses?: string[];
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  Content?: {
    Simple?: { Headers?: { Name: string; Value: string }[] };
    Raw?: { Data: string };
  };
  ConfigurationSetName?: string;
  EmailTags?: { Name: string; Value: string }[];
}

export class SesError extends Error {
  override name = 'SesError';
  readonly status: number;
  /** SES's name for it, e.g. `MessageRejected`. */
  readonly type: string;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

const mostRecipients = 50;
const mostHeaders = 15;
const mostTags = 50;
/** Of a message in MIME form. */
const mostBytes = 40 * 1024 * 1024;

/**
 * @param known  verified identities (addresses and domains) and configuration sets
 * @throws SesError in the way of SES
 */
export function assertSendable(request: SendRequest, known: { identities: readonly string[]; configurationSets: readonly string[] }): void {
  const { FromEmailAddress: from, ReplyToAddresses = [], Destination = {}, Content, ConfigurationSetName: set, EmailTags = [] } = request;
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination;
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  if (recipients.length > mostRecipients) throw new SesError('BadRequestException', `Recipient count exceeds ${mostRecipients}.`);
  if (recipients.length === 0 && !Content?.Raw) throw new SesError('BadRequestException', 'Destination is required.');
  for (const address of [...(from === undefined ? [] : [from]), ...recipients, ...ReplyToAddresses]) assertAddress(address);
  if (from !== undefined) assertVerified(from, known.identities);
  if (set !== undefined && !known.configurationSets.includes(set)) {
    throw new SesError('NotFoundException', `Configuration set <${set}> does not exist.`, 404);
  }
  assertHeaders(Content?.Simple?.Headers ?? []);
  if (EmailTags.length > mostTags) throw new SesError('BadRequestException', `More than ${mostTags} tags.`);
  for (const { Name, Value } of EmailTags) {
    if (![Name, Value].every((text) => /^[\w.@-]{1,256}$/.test(text)))
      throw new SesError('BadRequestException', `Tag ${Name} is not valid.`);
  }
  if (Content?.Raw && Content.Raw.Data.length * 0.75 > mostBytes)
    throw new SesError('BadRequestException', 'Message length exceeds 40 MB.');
}

/** @throws SesError MessageRejected when neither the address nor its domain is verified */
export function assertVerified(address: string, identities: readonly string[]): void {
  const bare = bareAddress(address).toLowerCase();
  const domain = bare.slice(bare.lastIndexOf('@') + 1);
  const verified = identities.some((identity) => {
    const known = identity.toLowerCase();
    return known === bare || known === domain || (!known.includes('@') && domain.endsWith(`.${known}`));
  });
  if (!verified) {
    throw new SesError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region US-EAST-1: ${bare}`,
    );
  }
}

/** `Name <a@b>` and `a@b` both give `a@b`. */
export function bareAddress(address: string): string {
  return (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim();
}

function assertAddress(address: string): void {
  // A name beyond ASCII must be sent as an encoded word, or SES refuses the mail.
  if (!/^[\x20-\x7e]*$/.test(address))
    throw new SesError('BadRequestException', 'Address contains characters beyond ASCII; encode the name.');
  const bare = bareAddress(address);
  const [local = '', domain = '', ...more] = bare.split('@');
  if (bare === '' || domain === '' || more.length > 0) throw new SesError('BadRequestException', "Missing final '@domain'");
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(local))
    throw new SesError('BadRequestException', 'Local address contains illegal characters');
  if (!/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/i.test(domain)) {
    throw new SesError('BadRequestException', 'Domain is not valid');
  }
}

function assertHeaders(headers: readonly { Name: string; Value: string }[]): void {
  if (headers.length > mostHeaders) throw new SesError('BadRequestException', `More than ${mostHeaders} headers.`);
  for (const { Name, Value } of headers) {
    if (!/^[!-9;-~]{1,126}$/.test(Name) || !/^[ -~]{1,870}$/.test(Value))
      throw new SesError('BadRequestException', `Header ${Name} is not valid.`);
  }
}
