import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { join } from 'node:path';
import { defineConfig, type PluginOption } from 'vite';
import { groups } from './chunks.ts';
import { serviceWorker } from './offline/plugin.ts';
import { preloadEarly } from './preload.ts';

const root = import.meta.dirname;

/** What any build or test of the interface needs; the message functions land in `.build/paraglide` (`#messages`). */
export function webPlugins(): PluginOption[] {
  return [
    paraglideVitePlugin({
      project: join(root, 'project.inlang'),
      outdir: join(root, '../.build/paraglide'),
      strategy: ['globalVariable', 'baseLocale'],
    }),
    tailwindcss(),
    svelte({ configFile: false, compilerOptions: { runes: true } }),
  ];
}

export default defineConfig({
  root,
  cacheDir: join(root, '../node_modules/.cache/vite'),
  plugins: [...webPlugins(), preloadEarly(), serviceWorker()],
  build: {
    outDir: join(root, '../.build/web'),
    emptyOutDir: true,
    manifest: true,
    // Styles of single components are a few lines each: no request of their own.
    cssCodeSplit: false,
    // Floating sheets use the popover attribute.
    target: ['chrome114', 'safari17', 'firefox128'],
    // The policy allows no data: fonts and scripts; and a file of its own is cached for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        // A group is named after all its pages, joined by ~: too long for a file.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
      },
    },
  },
});
