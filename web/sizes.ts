/**
 * `npm run web:sizes`: what a browser has to fetch, from the manifest of the last build, held against the budget.
 * Sizes are gzip -9, in units of 1000 bytes. A chunk counts with everything it imports; what is there already costs
 * nothing again: the first load, the records that follow it, and for a dialog or a tool the page that opens it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest } from 'vite';

export interface Weight {
  name: string;
  js: number;
  css: number;
  other: number;
}

/**
 * First load: the home page of a member, until it can be read and used. Further chunk: any page, dialog or tool fetched
 * later; the first of them are the records, and the tiles of the home page, which show behind the first paint.
 */
export const BUDGET_KB = { firstJs: 100, first: 160, further: 40 } as const;

/**
 * What weighs more and is worth it. The calendar comes with the first field for a day, behind a form that shows already;
 * the record types are fetched beside the entry, behind the first paint, and every type adds to them.
 */
const HEAVIER_KB: Readonly<Record<string, number>> = { 'src/ui/DatePicker.svelte': 56, data: 52 };

const ENTRY = 'index.html';
/** Names of groups (`chunks.ts`): the frame with the home page, and what follows it, one after the other, on every page of a member. */
const FRAME = 'shell';
const BEHIND = ['data', 'bell', 'tiles', 'words', 'later'];
/** Fetched by `index.html` itself. */
const ALWAYS = [/^index\.html$/, /^boot\.js$/, /^favicon\.svg$/, /-latin-wght-normal.*\.woff2$/, /style.*\.css$/];

/** @returns the first load, then every chunk that can be added to it, heaviest first */
export function weighBuild(folder: string): Weight[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
  const size = (file: string): number => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1000;

  const frame = keyOf(manifest, FRAME);
  const behind = BEHIND.map((name) => keyOf(manifest, name));
  const first = filesOf(manifest, [ENTRY, frame]);
  const later = [...behind, ...laterKeys(manifest).filter((key) => key !== frame && !behind.includes(key))];
  const always = ['index.html', 'boot.js', 'favicon.svg', ...Object.values(manifest).map(({ file }) => file)].filter(
    (file) => ALWAYS.some((pattern) => pattern.test(file)) && existsSync(join(folder, file)),
  );

  const weigh = (name: string, files: Iterable<string>): Weight => {
    const weight: Weight = { name, js: 0, css: 0, other: 0 };
    for (const file of files) weight[file.endsWith('.js') ? 'js' : file.endsWith('.css') ? 'css' : 'other'] += size(file);
    return weight;
  };
  const beyond = (key: string, ...had: ReadonlySet<string>[]): Weight =>
    weigh(
      manifest[key]!.src ?? manifest[key]!.name!,
      [...filesOf(manifest, [key])].filter((file) => !had.some((files) => files.has(file))),
    );
  const there = filesOf(manifest, [frame, ...behind]);
  const opened = (key: string): Weight => {
    const openers = openersOf(manifest, key).map((opener) => filesOf(manifest, [opener]));
    const early = openers.some((files) => [...files].every((file) => first.has(file)));
    const weights = early || !openers.length ? [beyond(key, there)] : openers.map((files) => beyond(key, there, files));
    return weights.reduce((most, weight) => (totalOf(weight) > totalOf(most) ? weight : most));
  };
  return [
    weigh('first load', new Set([...first, ...always])),
    ...later
      .map((key) => (behind.includes(key) ? beyond(key, first, filesOf(manifest, behind.slice(0, behind.indexOf(key)))) : opened(key)))
      .sort((a, b) => totalOf(b) - totalOf(a)),
  ];
}

/** What is fetched by a script: pages, dialogs and tools, those that share a file under the file's name. */
const laterKeys = (manifest: Manifest): string[] => [
  ...new Set(Object.values(manifest).flatMap(({ dynamicImports = [] }) => dynamicImports)),
];

function keyOf(manifest: Manifest, name: string): string {
  const key = Object.keys(manifest).find((key) => manifest[key]!.name === name);
  if (key === undefined) throw new Error(`no ${name} in the manifest`);
  return key;
}

/** Pages and dialogs from whose scripts a chunk is fetched. */
function openersOf(manifest: Manifest, wanted: string): string[] {
  const fetching = new Set(Object.keys(manifest).filter((key) => manifest[key]!.dynamicImports?.includes(wanted)));
  return [ENTRY, ...laterKeys(manifest)].filter(
    (entry) => entry !== wanted && [...chunksOf(manifest, [entry])].some((key) => fetching.has(key)),
  );
}

export const totalOf = ({ js, css, other }: Weight): number => js + css + other;

/** Sentences about what is too heavy; none when all is well. */
export function overBudget([first, ...further]: readonly Weight[]): string[] {
  const faults: string[] = [];
  const judge = (what: string, kb: number, limit: number): void => {
    if (kb > limit) faults.push(`${what}: ${kb.toFixed(1)} KB, allowed ${limit}`);
  };
  judge('scripts of the first load', first!.js, BUDGET_KB.firstJs);
  judge('first load', totalOf(first!), BUDGET_KB.first);
  for (const weight of further) judge(weight.name, totalOf(weight), HEAVIER_KB[weight.name] ?? BUDGET_KB.further);
  return faults;
}

/** Files of the chunks and of all they import statically. */
function filesOf(manifest: Manifest, keys: readonly string[]): Set<string> {
  const chunks = [...chunksOf(manifest, keys)].map((key) => manifest[key]!);
  return new Set(chunks.flatMap(({ file, css = [] }) => [file, ...css]));
}

/** The chunks and all they import statically. */
function chunksOf(manifest: Manifest, keys: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (!manifest[key]) throw new Error(`no ${key} in the manifest`);
    if (seen.has(key)) return;
    seen.add(key);
    manifest[key].imports?.forEach(visit);
  };
  keys.forEach(visit);
  return seen;
}

if (import.meta.main) {
  const weights = weighBuild(join(import.meta.dirname, '../.build/web'));
  for (const weight of weights) {
    const numbers = [totalOf(weight), weight.js, weight.css].map((kb) => kb.toFixed(1).padStart(7)).join('');
    console.log(`${numbers}  ${weight.name}`);
  }
  console.log('  total     js    css  (KB gzip)');
  const faults = overBudget(weights);
  for (const fault of faults) console.error(fault);
  if (faults.length) process.exitCode = 1;
}
