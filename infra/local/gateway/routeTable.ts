export interface Route<Target> {
  /** `ANY /api/v1/customers/{proxy+}`, or `$default` */
  routeKey: string;
  target: Target;
}

export interface RouteMatch<Target> {
  route: Route<Target>;
  /** Decoded, as API Gateway hands them on. */
  pathParameters: Record<string, string>;
}

/**
 * Finds an HTTP API's route: a full match wins over `{parameter}`, that over `{proxy+}`, that over `$default`; among
 * routes of the same path the one of the method wins over ANY.
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createRouteTable<Target>(routes: readonly Route<Target>[]): {
  find(method: string, path: string): RouteMatch<Target> | undefined;
} {
  const fallback = routes.find((route) => route.routeKey === '$default');
  const candidates = routes
    .filter((route) => route !== fallback)
    .map((route) => {
      const [method = '', path = ''] = route.routeKey.split(' ');
      return { route, method, segments: path.split('/').slice(1) };
    })
    .sort((a, b) => comparePriority(a, b));
  return {
    find(method, path) {
      const asked = path.split('/').slice(1);
      for (const candidate of candidates) {
        if (candidate.method !== 'ANY' && candidate.method !== method) continue;
        const pathParameters = matchSegments(candidate.segments, asked);
        if (pathParameters) return { route: candidate.route, pathParameters };
      }
      return fallback && { route: fallback, pathParameters: {} };
    },
  };
}

function matchSegments(pattern: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(segment);
    if (greedy) {
      const rest = asked.slice(i).join('/');
      if (rest === '') return undefined; // it wants at least one sign
      return { ...parameters, [greedy[1]!]: decode(rest) };
    }
    const value = asked[i];
    if (value === undefined) return undefined;
    const named = /^\{(.+)\}$/.exec(segment);
    if (named && value !== '') parameters[named[1]!] = decode(value);
    else if (segment !== value) return undefined;
  }
  return asked.length === pattern.length ? parameters : undefined;
}

function comparePriority(a: { method: string; segments: string[] }, b: { method: string; segments: string[] }): number {
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i += 1) {
    const difference = segmentRank(a.segments[i]) - segmentRank(b.segments[i]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function segmentRank(segment: string | undefined): number {
  if (segment === undefined) return 3;
  if (segment.endsWith('+}')) return 2;
  return segment.startsWith('{') ? 1 : 0;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
