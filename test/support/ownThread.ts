import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path/posix';

/** What outlives a file in its thread: an environment that clients were made from, a client or a module that is played. */
const LASTING = /process\.env(?:\[[^\]]+\] =|,)|\bvi\.(?:mock|stub\w+|useFakeTimers|spyOn)\b|aws-sdk-client-mock/;
/** A helper says them once, when it is loaded: the next file would go without. */
const HOOKS = /\b(?:before|after)(?:Each|All)\(/;
const IMPORT = /\bfrom '(\.[^']+\.ts)'/g;

/**
 * The test files that change what others in their thread would see, themselves or by a helper of `test`: each needs a
 * thread of its own. All others share threads, and with them the modules, half of whose time would go into loading them.
 */
export function needOwnThread(root: string, patterns: readonly string[]): string[] {
  const known = new Map<string, boolean>();
  const lasts = (file: string): boolean => {
    const found = known.get(file);
    if (found !== undefined) return found;
    known.set(file, false); // helpers may import each other in a circle
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    const helpers = [...text.matchAll(IMPORT)].map(([, path]) => normalize(join(file, '..', path!)));
    const isHelper = !file.endsWith('.test.ts');
    const answer = LASTING.test(text) || (isHelper && HOOKS.test(text)) || helpers.some((each) => each.startsWith('test/') && lasts(each));
    known.set(file, answer);
    return answer;
  };
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).filter(lasts);
}
