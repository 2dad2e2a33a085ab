import path from 'node:path';
import { Aws, Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  OriginProtocolPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { apiPolicy, sitePolicy } from './contentSecurity.ts';
import type { Settings } from './settings.ts';

export interface Site {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  readonly publicUrl: string;
  readonly edgeSecret: string;
}

/** The address people know: the SPA's files from S3, everything that computes from the HTTP API, one origin for both. */
export function createSite(scope: Construct, api: HttpApi, files: IBucket, { domain }: Settings): Site {
  const bucket = new Bucket(scope, 'Site', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // The stack's own UUID: made by AWS, unknown outside the account, and nothing to store or rotate. All it protects
  // is the budget per client address, so a dearer secret would protect nothing more.
  const edgeSecret = Fn.select(2, Fn.split('/', Aws.STACK_ID));

  const headers = createHeaders(scope, files);
  const toApi = {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      // CloudFront keeps the prefix x-edge- for itself.
      customHeaders: { 'x-origin-secret': edgeSecret },
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    functionAssociations: [onViewerRequest(scope, 'ClientAddress', 'clientAddress.js')],
  } satisfies BehaviorOptions;

  const distribution = new Distribution(scope, 'Distribution', {
    comment: 'Regulars',
    defaultRootObject: 'index.html',
    defaultBehavior: {
      // With the right to list, S3 says 404 of a file that is not there, and 403 without.
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: [AccessLevel.READ, AccessLevel.LIST] }),
      compress: true,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers.site,
      functionAssociations: [onViewerRequest(scope, 'SitePaths', 'sitePaths.js')],
    },
    additionalBehaviors: {
      '/api/*': { ...toApi, responseHeadersPolicy: headers.api },
      '/f/*': { ...toApi, responseHeadersPolicy: headers.forms },
      // Never changed under its name: the function is asked once for each place of the edge, and for nothing but the path.
      '/logos/*': {
        origin: toApi.origin,
        compress: false,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        responseHeadersPolicy: headers.forms,
      },
    },
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_200,
    ...(domain && {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    }),
  });
  Validations.of(distribution).acknowledge({
    id: 'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
    reason: 'The root never asks for the list: it has its root object, and the function sends each page to index.html.',
  });
  return {
    bucket,
    distribution,
    // No circle: the distribution needs the API's id, the functions need the distribution's name, and the routes,
    // which need both, are resources of their own.
    publicUrl: `https://${domain?.name ?? distribution.distributionDomainName}`,
    edgeSecret,
  };
}

function onViewerRequest(scope: Construct, id: string, file: string) {
  const edge = new EdgeFunction(scope, id, {
    code: FunctionCode.fromFile({ filePath: path.join(import.meta.dirname, 'edge', file) }),
    runtime: FunctionRuntime.JS_2_0,
  });
  return { function: edge, eventType: FunctionEventType.VIEWER_REQUEST };
}

const everywhere = {
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(730),
    includeSubdomains: true,
    override: true,
  },
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
} satisfies ResponseSecurityHeadersBehavior;

function createHeaders(scope: Construct, files: IBucket) {
  // Path style, as the presigned requests have it.
  const filesUrl = `https://s3.${Aws.REGION}.${Aws.URL_SUFFIX}/${files.bucketName}/`;
  const policy = (id: string, security: ResponseSecurityHeadersBehavior) =>
    new ResponseHeadersPolicy(scope, id, { securityHeadersBehavior: { ...everywhere, ...security } });
  return {
    site: policy('SiteHeaders', {
      contentSecurityPolicy: { contentSecurityPolicy: sitePolicy(filesUrl), override: true },
    }),
    // The function's own policy wins where it answers with a page.
    api: policy('ApiHeaders', { contentSecurityPolicy: { contentSecurityPolicy: apiPolicy, override: false } }),
    // Hosted forms stand in other people's pages, logos in their mails; each answer carries its own policy.
    forms: policy('FormHeaders', {}),
  };
}
