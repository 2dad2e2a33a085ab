import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { type Feedback, simulateFeedback } from './feedback.ts';
import { type Mail, type Mailbox, openMailbox } from './mailbox.ts';
import { type ParsedMail, startMailParser } from './mailParser.ts';
import { assertSendable, assertVerified, type SendRequest, SesError } from './sendRequest.ts';

export interface MailServer {
  /** Where the SDK's SES v2 client goes. */
  url: string;
  mailbox: Mailbox;
  close(): Promise<void>;
}

/** Of a business that left the sandbox. */
const sendQuota = { Max24HourSend: 50_000, MaxSendRate: 14 };
const dayMs = 86_400_000;

/**
 * SES v2 with an inbox: takes mails as SES would, or refuses them, and answers for the mailbox simulator.
 * @param options.identities  verified addresses and domains
 * @param options.file  keeps the mails there; absent: in memory
 * @param options.onFeedback  called for each bounce and complaint, with the mail's configuration set
 */
export async function startMailServer(options: {
  clock: Clock;
  identities: readonly string[];
  configurationSets: readonly string[];
  onFeedback(feedback: Feedback, configurationSet: string | undefined): void;
  file?: string;
}): Promise<MailServer> {
  const { clock, onFeedback } = options;
  const mailbox = openMailbox(options.file);
  const parser = await startMailParser();

  async function send(body: string): Promise<object> {
    const request = JSON.parse(body) as SendRequest;
    assertSendable(request, options);
    const parsed = await parser.parse(body);
    if (request.FromEmailAddress === undefined) assertVerified(parsed.from, options.identities); // in the MIME form's own header
    const mail = toMail(request, parsed, clock);
    mailbox.add(mail);
    // After the answer, as on AWS: the sender has noted the id by then.
    setImmediate(() => simulateFeedback(mail).forEach((feedback) => onFeedback(feedback, mail.configurationSet)));
    return { MessageId: mail.id };
  }

  function account(): object {
    const since = clock.now() - dayMs;
    const SentLast24Hours = mailbox.list().filter((mail) => Date.parse(mail.at) > since).length;
    return {
      DedicatedIpAutoWarmupEnabled: false,
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { ...sendQuota, SentLast24Hours },
    };
  }

  const server = http.createServer(async (request, reply) => {
    const respond = (status: number, body: object, headers = {}) =>
      reply.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    try {
      const body = await readText(request);
      if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256'))
        throw new SesError('AccessDeniedException', 'Missing Authentication Token', 403);
      const route = `${request.method} ${request.url}`;
      if (route === 'POST /v2/email/outbound-emails') respond(200, await send(body));
      else if (route === 'GET /v2/email/account') respond(200, account());
      else throw new SesError('UnknownOperationException', `${route} is not known here`, 404);
    } catch (error) {
      const known = error instanceof SesError ? error : new SesError('InternalServiceErrorException', String(error), 500);
      respond(known.status, { message: known.message }, { 'x-amzn-errortype': known.type });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mailbox,
    async close() {
      server.closeAllConnections();
      server.close();
      await Promise.all([once(server, 'close'), parser.close()]);
      mailbox.close();
    },
  };
}

function toMail(request: SendRequest, parsed: ParsedMail, clock: Clock): Mail {
  const { from, replyTo, destination, subject, body, attachments, headers = [] } = parsed;
  const at = new Date(clock.now()).toISOString();
  return {
    id: `${clock.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`,
    at,
    from,
    replyTo,
    // A MIME message goes to its Destination where one is given, whatever its headers say.
    to: request.Destination?.ToAddresses ?? destination.to,
    cc: request.Destination?.CcAddresses ?? destination.cc,
    bcc: request.Destination?.BccAddresses ?? destination.bcc,
    subject,
    ...(body.html !== undefined && { html: body.html }),
    ...(body.text !== undefined && { text: body.text }),
    headers,
    attachments: attachments.map(({ filename = '', contentType, size }) => ({ filename, contentType, size })),
    ...(request.ConfigurationSetName !== undefined && { configurationSet: request.ConfigurationSetName }),
    tags: Object.fromEntries((request.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
  };
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
