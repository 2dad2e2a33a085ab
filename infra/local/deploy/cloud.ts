/** Account and region of the cloud that this machine pretends to be. */
export const cloud = { partition: 'aws', account: '000000000000', region: 'us-east-1' } as const;

/** Accepted by all local servers; letters only, because DynamoDB Local refuses a key with other signs. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** The name CloudFront gives the site. */
export const siteDomain = 'd00000000000000.cloudfront.net';

/** In everything resolved from a template, the addresses of the cloud become those of this machine. */
export function localAddresses(urls: { site: string; objects: string }): (text: string) => string {
  return (text) => text.replaceAll(`https://${siteDomain}`, urls.site).replaceAll(`https://s3.${cloud.region}.amazonaws.com`, urls.objects);
}
