import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive; its text may be made piece by piece, so that the whole of it never stands in memory. */
export type ZipEntry = readonly [path: string, text: string | Iterable<string>];

const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
/** 1 January 1980: an archive of the same contents is the same bytes. */
const NO_DATE = 0x0021;

/**
 * An archive of texts, each smaller than 4 GB.
 * @source APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end)
 */
export async function zip(entries: readonly ZipEntry[]): Promise<Buffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, text] of entries) {
    const name = Buffer.from(path);
    const { bytes, crc, size } = await deflated(typeof text === 'string' ? [text] : text);
    const described = Buffer.alloc(26);
    described.writeUInt16LE(VERSION, 0);
    described.writeUInt16LE(UTF8_NAMES, 2);
    described.writeUInt16LE(DEFLATE, 4);
    described.writeUInt16LE(NO_DATE, 8);
    described.writeUInt32LE(crc, 10);
    described.writeUInt32LE(bytes.length, 14);
    described.writeUInt32LE(size, 18);
    described.writeUInt16LE(name.length, 22);
    directory.push(signed(0x02014b50, uint16(VERSION), described, Buffer.alloc(10), uint32(at), name));
    const file = signed(0x04034b50, described, name, bytes);
    files.push(file);
    at += file.length;
  }
  const listed = Buffer.concat(directory);
  const count = uint16(entries.length);
  return Buffer.concat([...files, listed, signed(0x06054b50, Buffer.alloc(4), count, count, uint32(listed.length), uint32(at), uint16(0))]);
}

async function deflated(pieces: Iterable<string>): Promise<{ bytes: Buffer; crc: number; size: number }> {
  let [crc, size] = [0, 0];
  function* read(): Generator<Buffer> {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      crc = crc32(bytes, crc);
      size += bytes.length;
      yield bytes;
    }
  }
  const bytes = await buffer(Readable.from(read()).pipe(createDeflateRaw()));
  return { bytes, crc, size };
}

const signed = (signature: number, ...parts: readonly Buffer[]): Buffer => Buffer.concat([uint32(signature), ...parts]);
const uint16 = (value: number): Buffer => Buffer.from([value & 0xff, value >>> 8]);
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
