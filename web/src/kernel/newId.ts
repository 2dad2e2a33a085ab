import { makeId } from '../../../shared/kernel/ids.ts';
import { clock } from './clock.svelte.ts';

/** An id for a record made on this page. */
export const newId = (prefix: string): string => makeId(prefix, clock.nowMs(), crypto.getRandomValues(new Uint8Array(10)));
