import { expect, it } from 'vitest';
import { groundOf } from '../../web/src/workspace/company/logoGround.ts';

type Pixel = readonly [red: number, green: number, blue: number, opacity: number];
const CLEAR: Pixel = [0, 0, 0, 0];
/** A picture of ten points, of which some show. */
const picture = (pixel: Pixel, shown: number) =>
  Uint8ClampedArray.from(Array.from({ length: 10 }, (_, i) => (i < shown ? pixel : CLEAR)).flat());

it.each([
  ['black signs', [0, 0, 0, 255], 4, 'light'],
  ['white signs', [255, 255, 255, 255], 4, 'dark'],
  ['petrol signs, which stand on both', [9, 112, 127, 255], 4, 'any'],
  ['a white picture with a ground of its own', [255, 255, 255, 255], 10, 'any'],
  ['nothing at all', CLEAR, 0, 'any'],
  ['a pale yellow that a white page swallows', [255, 250, 220, 255], 4, 'dark'],
] as const)('finds on which ground a logo is seen: %s', (_what, pixel, shown, ground) => {
  expect(groundOf(picture(pixel, shown))).toBe(ground);
});
