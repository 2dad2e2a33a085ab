/**
 * The browser of the tests: `CHROMIUM_PATH`, else the one that came with npm, else Debian's.
 *
 * The npm package unpacks itself into the temporary folder and takes any half-written file there for a
 * finished one. So it is unpacked here: into a folder of our own, under a temporary name, then renamed.
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const debian = '/usr/bin/chromium';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  // Without these three a closed network makes Chromium retry in the background at each start.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts headless Chromium. The caller closes it. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({
    executablePath,
    headless: true,
    ...options,
    env: { ...process.env, ...env, ...options.env } as Record<string, string>,
    args: [...args, ...(options.args ?? [])],
  });
}

/**
 * Path of the browser and the variables it needs; unpacks the npm one on first use (about 5 s).
 * Safe to call from several processes at once.
 */
export async function findBrowser(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) return { executablePath: chosen, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packaged();
  if (existsSync(debian)) return { executablePath: debian, env: {} };
  throw new Error('No browser for the tests: set CHROMIUM_PATH to a Chromium or Chrome.');
}

async function packaged(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const home = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);

  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(`${folder}-`);
    await Promise.all([
      unpackFile(join(home, 'bin/chromium.br'), join(draft, 'chromium')),
      unpackArchive(join(home, 'bin/al2023.tar.br'), draft),
      unpackArchive(join(home, 'bin/fonts.tar.br'), draft),
    ]);
    // Another process may have been faster; its folder is as good.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  }

  const libraries = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  const env: Record<string, string> = { LD_LIBRARY_PATH: libraries };
  if (!existsSync('/etc/fonts/fonts.conf')) {
    // A host without any fonts: the package's own. Its configuration names /tmp, so ours is written beside it.
    env['FONTCONFIG_FILE'] = join(folder, 'own-fonts.conf');
    await writeFile(env['FONTCONFIG_FILE'], `<fontconfig><dir>${folder}/fonts</dir></fontconfig>`);
  }
  return { executablePath: join(folder, 'chromium'), env };
}

async function unpackFile(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}

async function unpackArchive(from: string, folder: string): Promise<void> {
  const archive = join(await mkdtemp(join(folder, 'archive-')), 'archive.tar');
  await unpackFile(from, archive);
  await promisify(execFile)('tar', ['-xf', archive, '-C', folder]);
  await rm(dirname(archive), { recursive: true });
}
