/** The most characters of an address (RFC 5321, 4.5.3.1.3, without the brackets). */
export const MAX_ADDRESS_LENGTH = 254;

const MAX_LOCAL_LENGTH = 64;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** It begins an encoded word (RFC 2047): a program that decodes it would read another address. */
const ENCODED = '=?';

/**
 * Whether SES can send to an address: ASCII, without quotes, comments and encoded words, at a host with a name. A host in
 * other letters is written in Punycode. It says nothing about whether somebody reads there.
 */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, host] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (text.length > MAX_ADDRESS_LENGTH || local.length > MAX_LOCAL_LENGTH || !LOCAL.test(local)) return false;
  if (local.includes(ENCODED)) return false;
  const labels = host.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label));
}
