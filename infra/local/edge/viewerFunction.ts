import vm from 'node:vm';

interface ViewerRequest {
  method: string;
  /** Path without query. */
  uri: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Address of the browser. */
  ip: string;
}

/** Changes a request on its way in. */
export type ViewerFunction = (request: ViewerRequest) => { uri: string; headers: Record<string, string> };

interface EdgeRequest {
  method: string;
  uri: string;
  headers: Record<string, { value: string }>;
}

/** Long after any function is done, also where other processes have the cores: only a loop is meant. */
const endlessMs = 10_000;

/**
 * Runs the code of a CloudFront function, which knows neither Node nor the network. One that answers by itself
 * instead of handing the request on is refused.
 * @source https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function createViewerFunction(code: string): ViewerFunction {
  const script = new vm.Script(`${code}\n;JSON.stringify(handler(JSON.parse(input)))`);
  return ({ method, uri, headers, ip }) => {
    const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
    const event = { version: '1.0', viewer: { ip }, request: { method, uri, headers: wrapped, querystring: {}, cookies: {} } };
    // As text in both directions: nothing of this process reaches the function's world.
    const output = script.runInNewContext({ input: JSON.stringify(event) }, { timeout: endlessMs }) as string;
    const request = JSON.parse(output) as EdgeRequest;
    if (typeof request.uri !== 'string') throw new Error('a CloudFront function that answers by itself is not known here');
    return {
      uri: request.uri,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, { value }]) => [name, value])),
    };
  };
}
