import { createHmac, randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** 32 random bytes in base32, as authenticator apps take them. */
export function newSecret(): string {
  const bits = [...randomBytes(32)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{1,5}/g)!
    .map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/**
 * The step whose code this is, one step of clock difference allowed either way.
 * @returns undefined when it is none of the three
 */
export function matchingStep(secret: string, code: string, now: number): number | undefined {
  const current = Math.floor(now / STEP_MS);
  return [current, current - 1, current + 1].find((step) => codeOf(secret, step) === code);
}

/** The six digits that an app shows at a moment (epoch milliseconds). */
export const codeAt = (secret: string, now: number): string => codeOf(secret, Math.floor(now / STEP_MS));

/** @source RFC 6238 with SHA-1, RFC 4226 §5.3 for the truncation */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
}
