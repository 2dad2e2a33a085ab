/**
 * Content-Security-Policy of the site: our own files, and the bucket of files by presigned requests.
 * @param filesUrl  address under which the files bucket is reached, ending in a slash
 */
export function sitePolicy(filesUrl: string): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    // Positions of menus and bars of charts; an attribute can load nothing.
    'style-src-attr': "'unsafe-inline'",
    'img-src': `'self' data: blob: ${filesUrl}`,
    'connect-src': `'self' ${filesUrl}`,
    'font-src': "'self'",
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'frame-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** For answers of the API, should a browser ever show one as a page. */
export const apiPolicy = "default-src 'none'; frame-ancestors 'none'";
