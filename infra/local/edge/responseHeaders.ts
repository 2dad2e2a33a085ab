/** Adds a behaviour's headers to an answer, in place. */
export type ResponseHeaders = (headers: Record<string, string | string[]>) => void;

/** The part of `ResponseHeadersPolicyConfig` that is known here. */
export interface ResponseHeadersPolicy {
  Name: string;
  Comment?: string;
  SecurityHeadersConfig?: {
    ContentSecurityPolicy?: { ContentSecurityPolicy: string; Override: boolean };
    ContentTypeOptions?: { Override: boolean };
    FrameOptions?: { FrameOption: string; Override: boolean };
    ReferrerPolicy?: { ReferrerPolicy: string; Override: boolean };
    StrictTransportSecurity?: { AccessControlMaxAgeSec: number; IncludeSubdomains?: boolean; Preload?: boolean; Override: boolean };
  };
  CustomHeadersConfig?: { Items: { Header: string; Value: string; Override: boolean }[] };
}

const known = new Set(['Name', 'Comment', 'SecurityHeadersConfig', 'CustomHeadersConfig']);

/**
 * @param policy  absent: nothing is added
 * @throws Error for a part of the policy that is not known here
 */
export function createResponseHeaders(policy: ResponseHeadersPolicy | undefined, toLocal: (text: string) => string): ResponseHeaders {
  for (const part of Object.keys(policy ?? {})) if (!known.has(part)) throw new Error(`response headers: ${part} is not known here`);
  const rules: { name: string; value: string; override: boolean }[] = [];
  for (const [kind, config] of Object.entries(policy?.SecurityHeadersConfig ?? {})) {
    const [name, value] = securityHeader(kind, config);
    rules.push({ name, value: toLocal(value), override: config.Override });
  }
  for (const { Header, Value, Override } of policy?.CustomHeadersConfig?.Items ?? []) {
    rules.push({ name: Header.toLowerCase(), value: toLocal(Value), override: Override });
  }
  return (headers) => {
    for (const { name, value, override } of rules) if (override || headers[name] === undefined) headers[name] = value;
  };
}

function securityHeader(kind: string, config: object): [name: string, value: string] {
  const value = config as Record<string, string | number | boolean>;
  switch (kind) {
    case 'ContentSecurityPolicy':
      return ['content-security-policy', String(value['ContentSecurityPolicy'])];
    case 'ContentTypeOptions':
      return ['x-content-type-options', 'nosniff'];
    case 'FrameOptions':
      return ['x-frame-options', String(value['FrameOption'])];
    case 'ReferrerPolicy':
      return ['referrer-policy', String(value['ReferrerPolicy'])];
    case 'StrictTransportSecurity': {
      const flags = [value['IncludeSubdomains'] && '; includeSubDomains', value['Preload'] && '; preload'].filter(Boolean);
      return ['strict-transport-security', `max-age=${value['AccessControlMaxAgeSec']}${flags.join('')}`];
    }
    default:
      throw new Error(`response headers: ${kind} is not known here`);
  }
}
