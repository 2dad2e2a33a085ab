/** Chance that follows from a seed, also where modules ask Node for it. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { randomFrom } from './random.ts';

/** Runs one piece of work; others of its kind must wait, because there is one Node for all of them. */
export async function withSeededChance<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const random = randomFrom(seed ^ 0x5eed);
  const { randomBytes, randomUUID } = crypto;
  const chance = Math.random;
  Object.assign(crypto, {
    randomBytes: (size: number) => Buffer.from(random.bytes(size)),
    randomUUID: () => Buffer.from(random.bytes(16)).toString('hex'),
  });
  Math.random = random.next;
  // Modules hold the names they imported, not the object that was changed here.
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(crypto, { randomBytes, randomUUID });
    Math.random = chance;
    syncBuiltinESMExports();
  }
}
