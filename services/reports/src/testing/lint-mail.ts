import { UNSUBSCRIBE_PLACE } from '@weir/charts/mail/unsubscribe-place';

const HTML_LIMIT = 102 * 1024;
const IMAGES_LIMIT = 500 * 1024;

interface Part {
  readonly headers: string;
  readonly body: Buffer;
}

/** Everything in a mail that programs for mail do not show, or that a mail of ours must not have. */
export function lintMail(eml: Buffer): string[] {
  const { headers } = splitPart(eml);
  const parts = leavesOf(eml);
  const html = parts.find((part) => isType(part, 'text/html'))?.body.toString() ?? '';
  const text = parts.find((part) => isType(part, 'text/plain'))?.body.toString() ?? '';
  const filled = html.replace(`<a href="${UNSUBSCRIBE_PLACE}"`, '<i');
  const images = parts.filter((part) => isType(part, 'image/png'));
  const checks: [string, boolean][] = [
    ['no text part', text.trim().length < 40],
    ['no HTML part', html.length === 0],
    ['a header that the sender sets', /^(from|to|cc|bcc|date|message-id):/im.test(headers)],
    ['SVG', /<svg/i.test(html)],
    ['a data URI', /(?:src|href)\s*=\s*["']?data:|url\(\s*["']?data:/i.test(html)],
    ['flex or grid', /display\s*:\s*(?:inline-)?(?:flex|grid)/i.test(html)],
    ['a script, a form or a frame', /<(?:script|form|iframe|object|embed|input|button)/i.test(html)],
    ['an outside request', /(?:src|href|background)\s*=\s*["']?https?:|@import|url\(/i.test(filled)],
    ['a link that is not filled in for each reader', /<a\s/i.test(filled)],
    ['no link to unsubscribe', filled === html || !text.includes(UNSUBSCRIBE_PLACE)],
    ['a signature in a link', /X-Amz-|Signature=/i.test(html + text)],
    ['an image without a useful alt text', imageTags(html).some((tag) => !/ alt="[^"]{10,}"/.test(tag))],
    ['an image without its size', imageTags(html).some((tag) => !/ width="\d+"/.test(tag))],
    ['an image that no part has', cidsOf(html).some((cid) => !images.some((part) => hasCid(part, cid)))],
    ['an image that nothing shows', images.some((part) => !cidsOf(html).some((cid) => hasCid(part, cid)))],
    ['HTML that a program cuts off', Buffer.byteLength(html) >= HTML_LIMIT],
    ['images that are too large', images.reduce((sum, { body }) => sum + body.length, 0) >= IMAGES_LIMIT],
    ['no language', !/<html[^>]* lang="en"/.test(html)],
    ['no title', !/<title>[^<]+<\/title>/.test(html)],
  ];
  return checks.filter(([, isBroken]) => isBroken).map(([name]) => name);
}

/** The parts of a mail that are no multiparts. */
export function leavesOf(eml: Buffer): Part[] {
  const part = splitPart(eml);
  const [, boundary] = /^content-type: multipart\/[^\r]*?boundary="?([^"\r;]+)/im.exec(unfold(part.headers)) ?? [];
  if (boundary === undefined) return [decode(part)];
  const pieces = part.body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return pieces.flatMap((piece) => leavesOf(Buffer.from(piece.replace(/^\r\n/, ''), 'latin1')));
}

function splitPart(eml: Buffer): Part {
  const end = eml.indexOf('\r\n\r\n');
  return { headers: eml.toString('latin1', 0, end), body: eml.subarray(end + 4) };
}

function unfold(headers: string): string {
  return headers.replaceAll(/\r\n[ \t]+/g, ' ');
}

function decode({ headers, body }: Part): Part {
  const [, encoding = ''] = /^content-transfer-encoding: (\S+)/im.exec(headers) ?? [];
  const text = body.toString('latin1');
  if (encoding === 'base64') return { headers, body: Buffer.from(text, 'base64') };
  if (encoding !== 'quoted-printable') return { headers, body };
  const decoded = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  return { headers, body: Buffer.from(decoded, 'latin1') };
}

function isType({ headers }: Part, type: string): boolean {
  return new RegExp(`^content-type: ${type}`, 'im').test(headers);
}

function imageTags(html: string): string[] {
  return html.match(/<img\s[^>]*>/gi) ?? [];
}

function cidsOf(html: string): string[] {
  return [...html.matchAll(/src="cid:([^"]*)"/g)].map(([, cid = '']) => cid);
}

function hasCid({ headers }: Part, cid: string): boolean {
  return new RegExp(`^content-id: <${cid}>`, 'im').test(headers);
}
