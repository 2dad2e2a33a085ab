import { describe, expect, it } from 'vitest';
import { faultOfContents, FILE_ENDINGS } from '../../shared/workspace/fileContents.ts';
import { LARGEST_FILE_BYTES, parseFile } from '../../shared/workspace/recordFile.ts';
import { idOf } from '../support/desk.ts';

const file = (more: object) => parseFile({ id: idOf('fil', 1), name: 'a.pdf', size: 1, sha256: 'a'.repeat(64), ...more });
const faults = (more: object) => {
  const parsed = file(more);
  return parsed.ok ? [] : parsed.issues.map(({ field, code }) => `${field} ${code}`);
};

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['  Angebot   2026.PDF ', 'Angebot 2026.PDF'],
    ['报价单（最终版）.xlsx', '报价单（最终版）.xlsx'],
    ['e\u0301té.png', 'été.png'],
    ['Node.js in a week.pdf', 'Node.js in a week.pdf'],
    ['mail to info@shop.com.pdf', 'mail to info@shop.com.pdf'],
    ['index.html.pdf', 'index.html.pdf'],
    ['.pdf', '.pdf'],
    ['a\nb.txt', 'a b.txt'],
    [`${'字'.repeat(83)}.pdf`, `${'字'.repeat(83)}.pdf`],
  ])('%j is kept as %j', (name, kept) => {
    expect(file({ name })).toMatchObject({ ok: true, value: { name: kept } });
  });

  it.each([
    ['', 'text.empty'],
    ['\u200b', 'text.empty'],
    ['../../etc/passwd.txt', 'file.name.path'],
    ['C:\\temp\\a.txt', 'file.name.path'],
    ['a\u0000.pdf', 'text.characters'],
    ['invoice\u202efdp.exe', 'text.characters'],
    ['invoice\u202eexe.pdf', 'text.characters'],
    ['a\u200ffdp.pdf', 'text.characters'],
    ['\ud800.pdf', 'text.characters'],
    [`${'a'.repeat(296)}.pdf`, 'file.name.tooLong'],
    [`${'字'.repeat(84)}.pdf`, 'file.name.tooLong'],
    ['x'.repeat(100_000), 'file.name.tooLong'],
    ['invoice.exe.pdf', 'file.name.disguised'],
    ['invoice.exe   .pdf', 'file.name.disguised'],
    ['invoice.pdf.exe', 'file.kind'],
    ['invoice.pdf .exe', 'file.kind'],
    ['page.html', 'file.kind'],
    ['drawing.svg', 'file.kind'],
    ['letter.docm', 'file.kind'],
    ['run.sh', 'file.kind'],
    ['pdf', 'file.kind'],
    ['a.pdf.', 'file.kind'],
    ['a.constructor', 'file.kind'],
  ])('%j is refused: %s', (name, code) => {
    expect(faults({ name })).toEqual([`name ${code}`]);
  });

  it.each([
    [{ size: 0 }, 'size file.empty'],
    [{ size: LARGEST_FILE_BYTES + 1 }, 'size file.tooLarge'],
    [{ size: 1.5 }, 'size number.expected'],
    [{ size: '7' }, 'size number.expected'],
    [{ size: -1 }, 'size file.empty'],
    [{ size: 2 ** 40 }, 'size file.tooLarge'],
    [{ sha256: 'A'.repeat(64) }, 'sha256 file.hash'],
    [{ sha256: 'a' }, 'sha256 file.hash'],
    [{ id: idOf('not', 1) }, 'id id.invalid'],
    [{ key: 'x' }, 'key field.unknown'],
    [{ name: 7 }, 'name text.expected'],
    [{ name: undefined }, 'name field.required'],
  ])('beside %j is refused: %s', (more, fault) => {
    expect(faults(more)).toEqual([fault]);
  });
});

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const fault = (name: string, head: string, tail = head) => faultOfContents(name, { head: bytes(head), tail: bytes(tail) });
const ZIP_END = `PK\x05\x06${'\0'.repeat(18)}`;
const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-' + 'TEST-FILE!$H+H*';
const PNG = '\x89PNG\r\n\x1a\n';
const JPEG = '\xff\xd8\xff\xe0';
const DOCX = 'PK\x03\x04\x14\0\x06\0[Content_Types].xml';

/** A file of each kind that is taken. */
const SAMPLES: Readonly<Record<string, string>> = {
  png: PNG,
  jpg: JPEG,
  jpeg: JPEG,
  gif: 'GIF89a',
  webp: 'RIFF\x10\0\0\0WEBPVP8 ',
  heic: '\0\0\0\x18ftypheic',
  heif: '\0\0\0\x18ftypmif1',
  avif: '\0\0\0\x18ftypavif',
  tif: 'II*\0',
  tiff: 'MM\0*',
  pdf: '%PDF-1.7\n%\xe2\xe3\xcf\xd3',
  docx: DOCX,
  xlsx: DOCX,
  pptx: DOCX,
  odt: `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`,
  ods: `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`,
  odp: `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.presentation`,
  doc: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  xls: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  ppt: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  wps: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  et: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  dps: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  msg: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  rtf: '{\\rtf1',
  zip: 'PK\x03\x04',
  rar: 'Rar!\x1a\x07\x01\0',
  '7z': '7z\xbc\xaf\x27\x1c',
  txt: 'caf\xc3\xa9\r\n',
  csv: '\xef\xbb\xbf\xd0\xd5\xc3\xfb;1\n',
  tsv: 'a\tb',
  md: '# <b>Title</b>',
  log: '\x1b[31mred\x1b[0m',
  json: '{}',
  ics: 'BEGIN:VCALENDAR',
  vcf: 'BEGIN:VCARD',
  eml: 'From: a@b.test\n\n<html>',
  mp3: 'ID3\x04',
  m4a: '\0\0\0\x20ftypM4A ',
  mp4: '\0\0\0\x20ftypisom',
  mov: '\0\0\0\x14ftypqt  ',
  '3gp': '\0\0\0\x18ftyp3gp4',
  wav: 'RIFF\x10\0\0\0WAVEfmt ',
  amr: '#!AMR\n',
  ogg: 'OggS\0',
  opus: 'OggS\0',
  webm: '\x1a\x45\xdf\xa3',
};
/** What no kind may begin with, whatever its name says. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a program of Windows': 'MZ\x90\0\x03\0\0\0',
  'a program of Linux': '\x7fELF\x02\x01\x01',
  'a script': '#!/bin/sh\nrm -rf /',
  'a page': '<!DOCTYPE html><script>alert(1)</script>',
  'a page after blanks': '\n \t<html><body onload=alert(1)>',
  'a drawing': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  'a drawing with a declaration': '<?xml version="1.0"?><svg/>',
  'a page in UTF-16': '\xff\xfe<\0h\0t\0m\0l\0>\0',
  'a script of a server': '<?php system($_GET["c"]);',
  nothing: '',
};

describe('what a file holds', () => {
  it('is known of every kind that is taken', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual([...FILE_ENDINGS].sort());
  });

  it.each(Object.entries(SAMPLES))('is taken as %s where it begins like one', (ending, head) => {
    expect(fault(`File.${ending.toUpperCase()}`, head)).toBeUndefined();
  });

  it.each(FILE_ENDINGS)('is refused as %s where it is something else', (ending) => {
    const others = Object.entries({ ...HOSTILE, 'another kind': ending === 'pdf' ? PNG : SAMPLES['pdf']! });
    const text = ['txt', 'csv', 'tsv', 'md', 'log', 'json', 'ics', 'vcf', 'eml'].includes(ending);
    const taken = others.filter(([, head]) => fault(`a.${ending}`, head) === undefined).map(([what]) => what);

    // Any readable line is a text, and so is none.
    expect(taken).toEqual(text ? ['nothing', 'another kind'] : []);
  });

  it.each([
    ['a picture that is a page, too', 'a.gif', 'GIF89a/*<script>alert(1)</script>*/', undefined, 'file.mixed'],
    ['a picture with a drawing in it', 'a.jpg', `${JPEG}<svg onload=x>`, undefined, 'file.mixed'],
    ['a picture with a script of a server in it', 'a.png', `${PNG}<?php x`, undefined, 'file.mixed'],
    ['a picture that opens as an archive', 'a.png', PNG, `xx${ZIP_END}`, 'file.mixed'],
    ['a paper that opens as an archive', 'a.pdf', '%PDF-1.7', `%%EOF${ZIP_END}`, 'file.mixed'],
    ['a paper that is a page, too', 'a.pdf', '%PDF-1.7\n<html ><script>', undefined, 'file.mixed'],
    ['a text that opens as an archive', 'a.txt', 'hello', `x${ZIP_END}`, 'file.mixed'],
    ['a letter with macros', 'a.docx', `${DOCX}word/vbaProject.bin`, undefined, 'file.macros'],
    ['a table with macros told of at its end', 'a.xlsx', DOCX, 'xl/vbaProject.bin', 'file.macros'],
    ['a program that unpacks itself', 'a.zip', 'MZ\x90', ZIP_END, 'file.contents'],
    ['an archive called a letter', 'a.docx', 'PK\x03\x04virus.exe', undefined, 'file.contents'],
    ['the mark of virus scanners', 'a.txt', EICAR, undefined, 'file.virus'],
    ['the mark of virus scanners at the end of an archive', 'a.zip', 'PK\x03\x04', EICAR, 'file.virus'],
    ['a name without an ending', 'README', 'hello', undefined, 'file.kind'],
  ])('is refused: %s', (_what, name, head, tail, code) => {
    expect(fault(name, head, tail)).toBe(code);
  });

  it.each([
    ['marks of an archive that is none', 'a.jpg', JPEG, `${ZIP_END}and more`],
    ['a form in a paper', 'a.pdf', `%PDF-1.7\n${'x'.repeat(1100)}<script>`, undefined],
    ['words about pages', 'a.md', 'Use <script> in pages', undefined],
    ['an archive with a comment', 'a.zip', 'PK\x03\x04', `PK\x05\x06${'\0'.repeat(16)}\x02\0hi`],
  ])('is taken: %s', (_what, name, head, tail) => {
    expect(fault(name, head, tail)).toBeUndefined();
  });
});
