import { join } from 'node:path';
import { defineConfig } from 'vite';
import app from '../../../web/vite.config.ts';

/** The gallery is built as the app is, and served under the same policy. */
export default defineConfig({
  ...app,
  root: import.meta.dirname,
  publicDir: join(import.meta.dirname, '../../../web/public'),
});
