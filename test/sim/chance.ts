/** Chance that follows from a seed, also where modules ask Node for it; and silence where they log. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { randomFrom } from './random.ts';

/** Runs one piece of work; others of its kind must wait, because there is one Node for all of them. */
export async function withSeededChance<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const random = randomFrom(seed ^ 0x5eed);
  const real = { randomBytes: crypto.randomBytes, randomUUID: crypto.randomUUID };
  const [chance, write] = [Math.random, process.stdout.write];
  crypto.randomBytes = ((size: number) => Buffer.from(random.bytes(size))) as typeof crypto.randomBytes;
  crypto.randomUUID = (() => `${Buffer.from(random.bytes(16)).toString('hex')}`) as unknown as typeof crypto.randomUUID;
  Math.random = random.next;
  process.stdout.write = ((text: unknown, ...rest: never[]) =>
    typeof text === 'string' && text.startsWith('{"level"') ? true : write.call(process.stdout, text as string, ...rest)) as typeof write;
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(crypto, real);
    Math.random = chance;
    process.stdout.write = write;
    syncBuiltinESMExports();
  }
}
