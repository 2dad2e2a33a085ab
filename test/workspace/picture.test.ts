import { describe, expect, it } from 'vitest';
import { faultOfLogo, LARGEST_LOGO_BYTES, parseLogo } from '../../shared/workspace/logo.ts';
import { readPicture } from '../../shared/workspace/picture.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part)));
const u32 = (n: number): number[] => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const u16 = (n: number): number[] => [n >> 8, n & 255];

const png = (width: number, height: number, tail = '') =>
  bytes([0x89], 'PNG\r\n\x1a\n', u32(13), 'IHDR', u32(width), u32(height), [8, 6, 0, 0, 0], tail);
const jpeg = (width: number, height: number) =>
  bytes([0xff, 0xd8, 0xff, 0xe0], u16(6), 'JFIF', [0xff, 0xff, 0xc2], u16(11), [8], u16(height), u16(width), [1, 1, 0x11, 0]);
const webp = (chunk: string, body: number[]) => bytes('RIFF', [0, 0, 0, 0], 'WEBP', chunk, [0, 0, 0, 0], body, Array<number>(8).fill(0));

describe('a picture', () => {
  it.each([
    ['png', png(320, 80), { kind: 'png', width: 320, height: 80 }],
    ['jpeg behind other segments', jpeg(640, 200), { kind: 'jpeg', width: 640, height: 200 }],
    ['webp, lossy', webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 64, 1, 80, 0]), { kind: 'webp', width: 320, height: 80 }],
    ['webp, lossless', webp('VP8L', [0x2f, 0x3f, 0xc1, 0x13, 0]), { kind: 'webp', width: 320, height: 80 }],
    ['webp, extended', webp('VP8X', [0, 0, 0, 0, 63, 1, 0, 79, 0, 0]), { kind: 'webp', width: 320, height: 80 }],
  ])('is known by its bytes: %s', (_kind, given, expected) => {
    expect(readPicture(given)).toEqual(expected);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a png cut off', png(320, 80).slice(0, 20)],
    ['a png without its header', bytes([0x89], 'PNG\r\n\x1a\n', u32(13), 'tEXt', u32(1), u32(1))],
    ['a jpeg cut off', jpeg(1, 1).slice(0, 14)],
    ['a jpeg without a frame', bytes([0xff, 0xd8, 0xff, 0xda], Array<number>(20).fill(0))],
    ['a webp of an unknown form', webp('VP9 ', Array<number>(10).fill(0))],
    ['a drawing in markup', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a film', bytes('GIF89a', Array<number>(20).fill(0))],
  ])('is none: %s', (_what, given) => {
    expect(readPicture(given)).toBeUndefined();
  });
});

describe('a logo', () => {
  const faultOf = (given: Uint8Array) => faultOfLogo(given, readPicture(given));

  it.each([
    ['one of a usual size', png(320, 80), undefined],
    ['one that nobody could see', png(320, 15), 'logo.tooSmall'],
    ['one of a poster’s size', png(1025, 80), 'logo.tooLarge'],
    ['one that is no picture', bytes('hello'), 'file.kind'],
    ['one that carries a page', png(320, 80, '<script>alert(1)</script>'), 'file.mixed'],
    ['one that is too heavy', bytes([...png(320, 80)], Array<number>(LARGEST_LOGO_BYTES).fill(0)), 'file.tooLarge'],
  ])('%s', (_what, given, fault) => {
    expect(faultOf(given)).toBe(fault);
  });

  it.each([
    [{}, 'image', 'field.required'],
    [{ image: 'not base 64!', ground: 'any' }, 'image', 'text.characters'],
    [{ image: '', ground: 'any' }, 'image', 'text.characters'],
    [{ image: 'AAAA', ground: 'pink' }, 'ground', 'choice.unknown'],
    [{ image: 'AAAA', ground: 'any', file: 'x' }, 'file', 'field.unknown'],
    [{ image: 'A'.repeat(LARGEST_LOGO_BYTES * 2), ground: 'any' }, 'image', 'file.tooLarge'],
  ])('is refused as %o', (body, field, code) => {
    expect(parseLogo(body)).toMatchObject({
      ok: false,
      issues: expect.arrayContaining([expect.objectContaining({ field, code })]) as unknown,
    });
  });
});
