import { replica } from '../kernel/replica.svelte.ts';

/** Settles when the records of a type are here, or could not be had; undefined when that is so already. Asks for them. */
export function whenLoaded(type: string): Promise<void> | undefined {
  const set = replica.type(type);
  if (set.state !== 'loading') return undefined;
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        if (set.state === 'loading') return;
        resolve();
        queueMicrotask(() => stop());
      });
    });
  });
}
