import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { join } from 'node:path';
import { defineConfig, type PluginOption } from 'vite';

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

/**
 * Record types, their kinds of fields and the replica: nearly every page of a member needs them, so they travel together,
 * behind the first load. What the home page itself reads of `shared` is not among them.
 */
const isData = (module: string): boolean =>
  /[\\/]node_modules[\\/]zod[\\/]|[\\/]src[\\/]kernel[\\/]replica/.test(module) ||
  /[\\/]shared[\\/](?:registry|customers|leads|sales|activities|insight[\\/](?!figureScopes)|workspace|kernel[\\/](?:fields|record|schema|filter|customFields|shape|valueLists|diff|order|text))/.test(
    module,
  );

/**
 * What several pages share travels in few chunks, but no page fetches what only others need: modules are grouped by the
 * pages that use them, and groups too small for a request of their own join their nearest neighbour.
 */
const groups = [
  { name: 'base', tags: ['$initial' as const], priority: 20 },
  { name: 'data', test: isData, minShareCount: 3, priority: 15 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 300, priority: 10 },
];

export default defineConfig({
  root,
  cacheDir: join(root, '../node_modules/.cache/vite'),
  plugins: webPlugins(),
  build: {
    outDir: join(root, '../.build/web'),
    emptyOutDir: true,
    manifest: true,
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
