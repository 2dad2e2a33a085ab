import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a handler threw, as Lambda reports it. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

interface Invocation {
  requestId: string;
  functionArn: string;
  /** The event as JSON. */
  payload: string;
  /** Machine's epoch milliseconds at which the sandbox is killed. */
  deadlineMs: number;
}

export interface RuntimeEvents {
  /** The sandbox asks for work; called when it is loaded, and after each answer. */
  next(): void;
  response(requestId: string, payload: string): void;
  error(requestId: string, error: FunctionError): void;
  initError(error: FunctionError): void;
}

export interface RuntimeApi {
  /** `host:port` for AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** Answers the sandbox's waiting `next`. */
  deliver(invocation: Invocation): void;
  close(): void;
}

const prefix = '/2018-06-01/runtime/';

/** The Lambda Runtime API for one sandbox; one server each, because its address is all that tells sandboxes apart. */
export async function startRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let waiting: http.ServerResponse | undefined;
  const server = http.createServer(async (request, response) => {
    const route = (request.url ?? '').slice(prefix.length);
    if (route === 'invocation/next') {
      waiting = response;
      events.next();
      return;
    }
    const body = await readText(request);
    const [, requestId = '', kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    // Answered first: the event may kill the sandbox.
    response.writeHead(requestId || route === 'init/error' ? 202 : 404).end('{"status":"OK"}');
    if (route === 'init/error') events.initError(JSON.parse(body) as FunctionError);
    else if (kind === 'response') events.response(requestId, body);
    else if (kind === 'error') events.error(requestId, JSON.parse(body) as FunctionError);
  });
  server.keepAliveTimeout = 0; // a sandbox may be idle for minutes
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver({ requestId, functionArn, payload, deadlineMs }) {
      if (!waiting) throw new Error('the sandbox has not asked for work');
      waiting.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadlineMs),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': `Root=1-${requestId}`,
      });
      waiting.end(payload);
      waiting = undefined;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
