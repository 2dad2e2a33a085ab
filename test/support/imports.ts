/** Which file imports what, read off the sources. */
import { globSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path/posix';
import ts from 'typescript';

export interface Import {
  /** Path from the repository's root, `shared/kernel/ids.ts`. */
  readonly file: string;
  readonly line: number;
  /** A path from the root for our own files, `zod/mini` for a package, `#messages` for a subpath import. */
  readonly target: string;
}

const SOURCES = '{shared,functions,infra,web,test}/**/*.{ts,js,svelte}';

/** All imports of all trees: static, dynamic, re-exports and those of types. */
export function readImports(root: string): Import[] {
  return globSync(SOURCES, { cwd: root })
    .sort()
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

/** The imports of one file, in the order of the text. */
export function importsOf(file: string, text: string): Import[] {
  const code = file.endsWith('.svelte') ? scriptsOf(text) : text;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName, pos }) => ({
    file,
    line: code.slice(0, pos).split('\n').length,
    target: fileName.startsWith('.') ? normalize(join(file, '..', fileName)) : fileName,
  }));
}

/** A component with its markup blanked, so that lines keep their numbers. */
function scriptsOf(component: string): string {
  let end = 0;
  let code = '';
  for (const match of component.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1;
    code += blank(component.slice(end, start)) + match[1];
    end = start + match[1]!.length;
  }
  return code + blank(component.slice(end));
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
