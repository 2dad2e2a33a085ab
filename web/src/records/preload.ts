import { replica } from '../kernel/replica.svelte.ts';
import { may, typeOf } from './types.ts';

/** Types that people look for from every page. */
const WANTED = ['lead', 'customer', 'contact'];

/** Starts loading what will be wanted, behind what is wanted now. */
export function preload(): void {
  for (const type of WANTED) if (may('read', typeOf(type))) replica.type(type);
}
