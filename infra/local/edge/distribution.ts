import type { Stacks } from '../deploy/stacks.ts';
import { createResponseHeaders, type ResponseHeaders, type ResponseHeadersPolicy } from './responseHeaders.ts';
import { createViewerFunction, type ViewerFunction } from './viewerFunction.ts';

/** What CloudFront does with the paths of one pattern. */
export interface Behaviour {
  matches(path: string): boolean;
  methods: readonly string[];
  compress: boolean;
  origin: Origin;
  onViewerRequest: ViewerFunction | undefined;
  responseHeaders: ResponseHeaders;
}

type Origin =
  | { kind: 'site' }
  /** Host name of the API and what CloudFront adds to each request. */
  | { kind: 'api'; domainName: string; headers: Record<string, string> };

interface DistributionConfig {
  DefaultCacheBehavior: CacheBehavior;
  CacheBehaviors?: (CacheBehavior & { PathPattern: string })[];
  Origins: {
    Id: string;
    DomainName: string;
    S3OriginConfig?: object;
    OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
  }[];
}
interface CacheBehavior {
  TargetOriginId: string;
  CachePolicyId: string;
  AllowedMethods?: string[];
  Compress?: boolean;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
  ResponseHeadersPolicyId?: string;
}

/** The behaviours of the only distribution, in the order in which CloudFront tries them. */
export function readDistribution(stacks: Stacks, toLocal: (text: string) => string): Behaviour[] {
  const [distribution, ...more] = stacks.ofType('AWS::CloudFront::Distribution');
  if (!distribution || more.length > 0) throw new Error('the local host serves exactly one distribution');
  const { DistributionConfig: config } = distribution.properties<{ DistributionConfig: DistributionConfig }>();
  const policies = stacks.ofType('AWS::CloudFront::ResponseHeadersPolicy');

  const read = (behaviour: CacheBehavior, pattern: string): Behaviour => ({
    matches: compilePattern(pattern),
    methods: behaviour.AllowedMethods ?? ['GET', 'HEAD'],
    compress: behaviour.Compress === true && compresses(behaviour.CachePolicyId),
    origin: readOrigin(config, behaviour.TargetOriginId),
    onViewerRequest: readFunction(stacks, behaviour),
    responseHeaders: createResponseHeaders(
      policies
        .find((policy) => policy.name === behaviour.ResponseHeadersPolicyId)
        ?.properties<{ ResponseHeadersPolicyConfig: ResponseHeadersPolicy }>().ResponseHeadersPolicyConfig,
      toLocal,
    ),
  });
  return [
    ...(config.CacheBehaviors ?? []).map((behaviour) => read(behaviour, behaviour.PathPattern)),
    read(config.DefaultCacheBehavior, '*'),
  ];
}

function readOrigin({ Origins }: DistributionConfig, id: string): Origin {
  const origin = Origins.find((candidate) => candidate.Id === id);
  if (!origin) throw new Error(`the distribution has no origin ${id}`);
  if (origin.S3OriginConfig) return { kind: 'site' };
  const headers = (origin.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
  return { kind: 'api', domainName: origin.DomainName, headers: Object.fromEntries(headers) as Record<string, string> };
}

function readFunction(stacks: Stacks, { FunctionAssociations = [] }: CacheBehavior): ViewerFunction | undefined {
  const [association, ...more] = FunctionAssociations;
  if (!association) return undefined;
  if (more.length > 0 || association.EventType !== 'viewer-request') {
    throw new Error('the local host runs one CloudFront function per behaviour, on viewer-request');
  }
  return createViewerFunction(stacks.byArn(association.FunctionARN).properties<{ FunctionCode: string }>().FunctionCode);
}

/**
 * CloudFront compresses only where the cache policy keeps encodings apart.
 * @source https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const managedCachePolicies: Readonly<Record<string, boolean>> = {
  '658327ea-f89d-4fab-a63d-7e88639e58f6': true, // CachingOptimized
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': false, // CachingDisabled
};

function compresses(cachePolicyId: string): boolean {
  const answer = managedCachePolicies[cachePolicyId];
  if (answer === undefined) throw new Error(`the local host does not know the cache policy ${cachePolicyId}`);
  return answer;
}

/** `*` stands for any signs, slashes too; `?` for one. */
function compilePattern(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern === '*' ? '.*' : source}$`);
  return (path) => expression.test(path);
}
