// Thousands in groups of three, by commas or by spaces, one kind throughout. A comma anywhere else is refused: `1,5` is
// one and a half to half of Europe, and a guess would falsify amounts in silence.
const DECIMAL = /^([+-]?)(\d{1,20}|\d{1,3}(?:,\d{3}){1,6}|\d{1,3}(?: \d{3}){1,6})(?:\.(\d{1,20}))?$/;
const LONGEST = 60;

/** A number as people and spreadsheets write it (`1,234.50`, `１２`, `−3`) as plain text `-1234.50`; undefined when it is none. */
export function plainDecimal(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const [, sign, whole, fraction] = DECIMAL.exec(text.normalize('NFKC').replace('\u2212', '-').trim()) ?? [];
  if (whole === undefined) return undefined;
  return (sign === '-' ? '-' : '') + whole.replace(/[, ]/g, '') + (fraction === undefined ? '' : `.${fraction}`);
}
