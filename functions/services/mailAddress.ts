import { domainToASCII } from 'node:url';
import { isEmail } from '../../shared/kernel/fields/email.ts';

/**
 * The form in which an address may stand in a mail that SES sends: the domain in its ASCII form.
 * @returns undefined when it is no address of one person, or its local part is beyond ASCII, which SES cannot deliver
 * @source https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html (no SMTPUTF8)
 */
export function toWireAddress(address: string): string | undefined {
  if (!isEmail(address)) return undefined;
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), domainToASCII(address.slice(at + 1))];
  return domain !== '' && /^[\x21-\x7e]+$/.test(local) ? `${local}@${domain}` : undefined;
}

/** True for text that stays one line of one header, whatever reads it. */
// eslint-disable-next-line no-control-regex -- the control characters are what is looked for
export const isHeaderText = (text: string): boolean => !/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(text) && text.isWellFormed();

/** `Name <a@b>`: the name quoted, or encoded when it is more than plain ASCII. */
export function toMailbox(name: string | undefined, address: string): string {
  if (!name) return address;
  const shown = /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name);
  return `${shown} <${address}>`;
}

/** An encoded word holds 75 characters at most (RFC 2047 §2): 45 bytes, and never a part of a character. */
function encodedWords(text: string): string {
  const parts: string[] = [''];
  for (const character of text) {
    const last = parts.length - 1;
    if (Buffer.byteLength(parts[last]! + character) > 45) parts.push(character);
    else parts[last] += character;
  }
  return parts.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}
