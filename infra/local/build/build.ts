import { existsSync } from 'node:fs';
import path from 'node:path';
import { stop } from 'esbuild';
import { bundle, functionsDir } from '../../bundle.ts';
import { root, runStep, type Step } from './step.ts';

export interface Built {
  templateDir: string;
  functionsDir: string;
  webDir: string;
}

const messages: Step = {
  name: 'The wording of screens and mails',
  sources: ['web/messages/**/*.json', 'web/project.inlang/settings.json', 'package-lock.json'],
  outDir: path.join(root, '.build/paraglide'),
  command: [
    path.join(root, 'node_modules/@inlang/paraglide-js/bin/run.js'),
    ...['compile', '--silent', '--project', 'web/project.inlang', '--outdir', '.build/paraglide'],
    ...['--strategy', 'globalVariable', 'baseLocale'],
  ],
};

const template: Step = {
  name: 'The template',
  sources: ['infra/*.ts', 'infra/edge/*', 'infra/local/build/synthesize.ts', 'cdk.json', 'package-lock.json'],
  outDir: path.join(root, '.build/local-template'),
  command: [path.join(import.meta.dirname, 'synthesize.ts'), path.join(root, '.build/local-template')],
};

const web: Step = {
  name: 'The site',
  // Not all of web/: the compiler of messages keeps notes there, and a site made of them would be made anew at each start.
  sources: [
    ...['web/{messages,public,src}/**/*', 'web/{index.html,vite.config.ts,tsconfig.json}', 'web/project.inlang/settings.json'],
    ...['shared/**/*.ts', 'package-lock.json'],
  ],
  outDir: path.join(root, '.build/web'),
  command: [path.join(import.meta.dirname, 'site.ts')],
};

/**
 * Makes what the local host serves; what has not changed stays as it is.
 * @param options.site  false where Vite serves the site from its sources
 */
export async function buildAll(options: { site: boolean }): Promise<Built> {
  const synthesizing = runStep(template);
  synthesizing.catch(() => {}); // reported below, also when another step fails first
  await runStep(messages);
  await bundle();
  await stop(); // esbuild's own process
  // After the bundles: building the site empties the folder of the messages and writes them anew, without the mark that
  // they are up to date.
  if (options.site && existsSync(path.join(root, 'web/index.html')) && (await runStep(web))) await runStep(messages);
  await synthesizing;
  return { templateDir: template.outDir, functionsDir, webDir: web.outDir };
}
