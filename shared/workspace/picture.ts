import type { Picture } from './logo.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_HEADER_BYTES = 24;
const WEBP_HEADER_BYTES = 30;

/**
 * Kind and size of a picture, by its bytes alone; undefined for anything else, and for one that is cut off.
 * @source https://www.w3.org/TR/png-3/#11IHDR, ITU T.81 annex B, https://developers.google.com/speed/webp/docs/riff_container
 */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (PNG.every((byte, i) => bytes[i] === byte)) return readPng(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
  if (marked(view, 0, 'RIFF') && marked(view, 8, 'WEBP')) return readWebp(view);
  return undefined;
}

const marked = (view: DataView, at: number, mark: string): boolean =>
  at + mark.length <= view.byteLength && [...mark].every((sign, i) => view.getUint8(at + i) === sign.charCodeAt(0));

function readPng(view: DataView): Picture | undefined {
  if (view.byteLength < PNG_HEADER_BYTES || !marked(view, 12, 'IHDR')) return undefined;
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments until the one that says how large the picture is: each has a mark and its own length. */
function readJpeg(view: DataView): Picture | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const mark = view.getUint8(at + 1);
    // Fill bytes, and marks that stand alone.
    if (mark === 0xff) at += 1;
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else if (isFrame(mark)) return { kind: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (mark === 0xd9 || mark === 0xda) return undefined;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** SOF0 to SOF15 without the three marks between them that mean something else. */
const isFrame = (mark: number): boolean => mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc;

function readWebp(view: DataView): Picture | undefined {
  if (view.byteLength < WEBP_HEADER_BYTES) return undefined;
  const at24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (marked(view, 12, 'VP8X')) return { kind: 'webp', width: at24(24) + 1, height: at24(27) + 1 };
  if (marked(view, 12, 'VP8 '))
    return { kind: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (!marked(view, 12, 'VP8L') || view.getUint8(20) !== 0x2f) return undefined;
  const bits = view.getUint32(21, true);
  return { kind: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}
