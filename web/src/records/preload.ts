import { replica } from '../kernel/replica.svelte.ts';
import { may, typeOf } from './types.ts';

/** Types that people look for from every page. */
const WANTED = ['lead', 'customer', 'contact'];

/** Loads what will be wanted, one type after the other, behind what is wanted now. */
export async function preload(): Promise<void> {
  for (const type of WANTED.filter((name) => may('read', typeOf(name)))) {
    await replica.settled();
    replica.type(type);
  }
}
