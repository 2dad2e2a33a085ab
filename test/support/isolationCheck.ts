// vitest's setup of each file: a leak fails its test even where the product has turned it into an answer.
import { afterEach } from 'vitest';
import { leaks } from './isolation.ts';

afterEach(() => {
  const found = leaks.splice(0);
  if (found.length) throw new Error(`keys of another workspace were asked for:\n${found.join('\n')}`);
});
