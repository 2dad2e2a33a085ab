import { expect, it } from 'vitest';
import { overBudget, weighBuild } from '../../web/sizes.ts';
import { builtFolder } from '../support/webBuild.ts';

it('the site stays within its budget of bytes', () => {
  const weights = weighBuild(builtFolder('app'));

  expect(overBudget(weights)).toEqual([]);
});

it('the budget would notice', () => {
  const heavy = { name: 'src/heavy.svelte', js: 41, css: 0, other: 0 };

  expect(overBudget([{ name: 'first load', js: 101, css: 10, other: 60 }, heavy])).toEqual([
    'scripts of the first load: 101.0 KB, allowed 100',
    'first load: 171.0 KB, allowed 160',
    'src/heavy.svelte: 41.0 KB, allowed 40',
  ]);
});
