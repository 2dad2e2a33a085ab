import { endingOf } from './fileName.ts';

/** How much of a file's beginning and end is looked at. */
export const LOOKED_AT_BYTES = 65_536;

/** What a file holds, as far as its name may say so. */
interface Contents {
  readonly endings: readonly string[];
  /** @param head  the beginning, a byte for each character */
  readonly fits: (head: string) => boolean;
  /** Holds other files; anywhere else, a list of files at the end means two kinds in one. */
  readonly archive?: true;
  /** Read by programs that would carry out what is written in it. */
  readonly text?: true;
}

const starts =
  (...marks: string[]) =>
  (head: string): boolean =>
    marks.some((mark) => head.startsWith(mark));
const riff =
  (form: string) =>
  (head: string): boolean =>
    head.startsWith('RIFF') && head.startsWith(form, 8);
/** ISO base media: films, sounds and pictures of telephones, told apart by their brand. */
const brand =
  (...brands: string[]) =>
  (head: string): boolean =>
    head.startsWith('ftyp', 4) && brands.some((each) => head.startsWith(each, 8));
const ZIP = 'PK\x03\x04';
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const officeXml = (head: string): boolean => head.startsWith(ZIP) && head.includes('[Content_Types].xml');
const openDocument = (head: string): boolean => head.startsWith(ZIP) && head.startsWith('mimetypeapplication/vnd.oasis.opendocument.', 30);

/** What may be put beside a record, by what its bytes begin with. Nothing here runs by itself, be it in a browser. */
const KNOWN: readonly Contents[] = [
  { endings: ['png'], fits: starts('\x89PNG\r\n\x1a\n') },
  { endings: ['jpg', 'jpeg'], fits: starts('\xff\xd8\xff') },
  { endings: ['gif'], fits: starts('GIF87a', 'GIF89a') },
  { endings: ['webp'], fits: riff('WEBP') },
  { endings: ['heic', 'heif', 'avif'], fits: brand('hei', 'hev', 'mif1', 'msf1', 'avif', 'avis') },
  { endings: ['tif', 'tiff'], fits: starts('II*\0', 'MM\0*') },
  { endings: ['pdf'], fits: starts('%PDF-') },
  { endings: ['docx', 'xlsx', 'pptx'], fits: officeXml, archive: true },
  { endings: ['odt', 'ods', 'odp'], fits: openDocument, archive: true },
  { endings: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps', 'msg'], fits: starts(OLE) },
  { endings: ['rtf'], fits: starts('{\\rtf') },
  { endings: ['zip'], fits: starts(ZIP, 'PK\x05\x06'), archive: true },
  { endings: ['rar'], fits: starts('Rar!\x1a\x07') },
  { endings: ['7z'], fits: starts('7z\xbc\xaf\x27\x1c') },
  { endings: ['txt', 'csv', 'tsv', 'md', 'log', 'json', 'ics', 'vcf', 'eml'], fits: isPlainText, text: true },
  { endings: ['mp3'], fits: (head) => head.startsWith('ID3') || /^\xff[\xe2-\xfb]/.test(head) },
  { endings: ['m4a', 'mp4', 'mov', '3gp'], fits: (head) => head.startsWith('ftyp', 4) },
  { endings: ['wav'], fits: riff('WAVE') },
  { endings: ['amr'], fits: starts('#!AMR') },
  { endings: ['ogg', 'opus'], fits: starts('OggS') },
  { endings: ['webm'], fits: starts('\x1a\x45\xdf\xa3') },
];
const BY_ENDING = new Map(KNOWN.flatMap((contents) => contents.endings.map((ending) => [ending, contents] as const)));

export const FILE_ENDINGS: readonly string[] = [...BY_ENDING.keys()];

/** Whether files with that name's ending are taken at all. */
export const isKnownFile = (name: string): boolean => BY_ENDING.has(endingOf(name));

/** Pages and scripts, by what they begin with, and what would run where a picture or a sound is expected. */
const PAGE = /^[\s\ufeff]*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|!--)/i;
const MARKUP = /<(?:script|iframe|svg|html|body)[\s>]|<!doctype html|<\?php/i;
const UTF8_MARK = '\xef\xbb\xbf';
const UTF16 = /^(?:\xff\xfe|\xfe\xff)/;
// eslint-disable-next-line no-control-regex -- what no text of any encoding holds, escape codes aside
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

function isPlainText(head: string): boolean {
  if (UTF16.test(head)) return !PAGE.test(head.slice(2).replaceAll('\0', ''));
  const text = head.startsWith(UTF8_MARK) ? head.slice(UTF8_MARK.length) : head;
  return !CONTROLS.test(text) && !PAGE.test(text) && !text.startsWith('#!');
}

/** The harmless file by which virus scanners are tried out, in two parts: they must not find it here. */
const EICAR = 'EICAR-STANDARD-ANTIVIRUS-' + 'TEST-FILE!';
const MACROS = 'vbaProject.bin';
/** Of a zip's last part: its mark, and where it says how long its comment is. */
const ZIP_END = 'PK\x05\x06';
const ZIP_END_BYTES = 22;

/**
 * Why a file is not taken, from its two ends and the name it was given; undefined when it is. What it says of itself is
 * never asked: its bytes have to begin as its name promises, and to be of one kind only.
 */
export function faultOfContents(name: string, { head, tail }: { head: Uint8Array; tail: Uint8Array }): string | undefined {
  const [first, last] = [asText(head), asText(tail)];
  const contents = BY_ENDING.get(endingOf(name));
  if (!contents) return 'file.kind';
  if (first.includes(EICAR) || last.includes(EICAR)) return 'file.virus';
  if (!contents.fits(first)) return 'file.contents';
  if (contents.archive) return first.includes(MACROS) || last.includes(MACROS) ? 'file.macros' : undefined;
  if (endsAsZip(last)) return 'file.mixed';
  if (!contents.text && MARKUP.test(contents.endings[0] === 'pdf' ? first.slice(0, 1024) : first)) return 'file.mixed';
  return undefined;
}

/** Whether the file would open as an archive, too: programs look for its list at the end, whatever stands before. */
function endsAsZip(tail: string): boolean {
  const at = tail.lastIndexOf(ZIP_END);
  if (at < 0 || at + ZIP_END_BYTES > tail.length) return false;
  const comment = tail.charCodeAt(at + 20) + 256 * tail.charCodeAt(at + 21);
  return at + ZIP_END_BYTES + comment === tail.length;
}

const AT_ONCE = 8192;
function asText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return text;
}
