// Usage: node .ci/count.mjs <report of vitest's json reporter> <exit status>. Prints `<n> passed, <n> failed`.
import { readFileSync } from 'node:fs';

const [, , file, status] = process.argv;
const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));

// A file that broke outside of its tests (an import, a hook) has failed as a whole.
const failed = testResults.reduce((sum, { status, assertionResults }) => {
  const tests = assertionResults.filter((test) => test.status === 'failed').length;
  return sum + (tests || Number(status === 'failed'));
}, 0);

// A run can end badly with every test passed: an error nobody caught, a set-up that broke.
console.log(`${numPassedTests} passed, ${failed || Number(status !== '0')} failed`);
