import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const SCRIPT = join(import.meta.dirname, 'serviceWorker.js');
/** The page, and what it fetches beside the chunks. */
const PUBLIC = ['/', '/boot.js', '/favicon.svg'];

/** Adds `service-worker.js` to the build: the script with the files of this release, and a name made of them. */
export const serviceWorker = (): Plugin => ({
  name: 'service-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = [...PUBLIC, ...Object.keys(bundle).flatMap((file) => (file.startsWith('assets/') ? `/${file}` : []))].sort();
      const script = readFileSync(SCRIPT, 'utf8');
      // The page counts by its text: it alone keeps its name when it changes.
      const page = bundle['index.html'];
      const release = createHash('sha256')
        .update(script)
        .update(files.join('\n'))
        .update(page?.type === 'asset' ? page.source : '')
        .digest('hex')
        .slice(0, 12);
      const head = `const RELEASE = ${JSON.stringify(release)};\nconst FILES = ${JSON.stringify(files)};\n`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: head + script });
    },
  },
});
