// What runs in a sandbox, as AWS's own Node 24 runtime does: loads the handler, then asks the Runtime API for one
// invocation after the other. CommonJS and no TypeScript, because stripping types would add 30 ms to each cold start.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const path = require('node:path');

const env = process.env;
const [hostname, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let currentId;

/** Resolves with headers and body of one call of the Runtime API. */
function call(method, resource, body, headers) {
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method, path: `/2018-06-01/runtime/${resource}`, headers };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function report(resource, error) {
  const isError = error instanceof Error;
  const errorType = isError ? error.name : typeof error;
  const body = {
    errorType,
    errorMessage: isError ? error.message : String(error),
    trace: isError && error.stack ? error.stack.split('\n') : [],
  };
  console.error(isError ? error : body.errorMessage);
  return call('POST', resource, JSON.stringify(body), { 'Lambda-Runtime-Function-Error-Type': errorType });
}

/** Errors that escape a handler end the process, as on AWS. */
async function end(error) {
  await report(currentId ? `invocation/${currentId}/error` : 'init/error', error);
  process.exit(129);
}
process.on('uncaughtException', end);
process.on('unhandledRejection', (reason) => {
  end(Object.assign(new Error(`${reason}`, { cause: reason }), { name: 'Runtime.UnhandledPromiseRejection' }));
});

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function loadHandler() {
  const [name, exported] = env._HANDLER.split('.');
  const file = path.join(env.LAMBDA_TASK_ROOT, `${name}.js`);
  // Not require(): on Lambda no package.json stands above the bundle, here the repository's says "module".
  const bundle = new Module(file);
  bundle.filename = file;
  bundle._compile(fs.readFileSync(file, 'utf8'), file);
  const handler = bundle.exports[exported];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${env._HANDLER} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  }
  if (handler.length > 2) {
    // Node 24 on Lambda refuses them too.
    throw Object.assign(new Error('handlers with a callback are not supported'), {
      name: 'Runtime.CallbackHandlerDeprecated',
    });
  }
  return handler;
}

async function main() {
  const handler = loadHandler();
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next');
    const id = (currentId = headers['lambda-runtime-aws-request-id']);
    env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    try {
      const result = await handler(JSON.parse(body), contextOf(headers));
      await call('POST', `invocation/${id}/response`, JSON.stringify(result) ?? 'null');
    } catch (error) {
      await report(`invocation/${id}/error`, error);
    }
    currentId = undefined;
  }
}

main().catch(async (error) => {
  await report('init/error', error).catch(() => {}); // unreachable: the host is gone
  process.exit(1);
});
