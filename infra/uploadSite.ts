import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Puts a build of the site into its bucket. Hashed files go first and pages last, so nobody gets a page whose files
 * are missing; files of earlier releases stay, because pages opened before the release still ask for them.
 *
 * Done here and not by a construct: that would bring a Python function with rights over the bucket into the stack,
 * and make the template depend on a build of the site.
 * @returns the number of files
 * @throws Error on a file whose type is not known: served as a download it would break the page in silence
 */
export async function uploadSite(client: Pick<S3Client, 'send'>, bucket: string, dir: string): Promise<number> {
  const files = siteFiles(dir);
  for (const file of files) {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: file,
        Body: readFileSync(path.join(dir, file)),
        ...siteFileHeaders(file),
      }),
    );
  }
  return files.length;
}

/** Without the build's own notes (`.vite/`), pages last. */
function siteFiles(dir: string): string[] {
  const files = globSync('**/*.*', { cwd: dir })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.startsWith('.'));
  const pages = files.filter((file) => file.endsWith('.html'));
  if (!pages.includes('index.html')) throw new Error(`no index.html in ${dir}`);
  return [...files.filter((file) => !file.endsWith('.html')), ...pages];
}

/**
 * How a file of the site is stored, and so served. What lies in `assets/` has its content in its name.
 * @param file  path below the build, with forward slashes
 */
export function siteFileHeaders(file: string): { ContentType: string; CacheControl: string } {
  const ContentType = contentTypes[path.extname(file)];
  if (!ContentType) throw new Error(`${file}: add its content type to uploadSite.ts`);
  return { ContentType, CacheControl: file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' };
}
