import { type Problem, problem } from '../answers/problem.ts';
import type { ApiRequest } from '../requests/request.ts';
import { ENCODINGS, type Encoding, gunzip, type PlainBytes, tooLarge } from './decompress.ts';

/** The text of a body. */
export interface BodyText {
  readonly kind: 'text';
  readonly text: string;
}

/** RFC 9110, 8.4.1.3. */
const ALIASES: ReadonlyMap<string, string> = new Map([['x-gzip', 'gzip']]);

const NOT_UTF8 = problem('invalid-json', 'the body is not UTF-8', {
  errors: [{ pointer: '', detail: 'the body is not UTF-8' }],
});

/** Reads a body of at most `maxBytes` as text, uncompressed or in gzip. */
export function readText({ headers, body = '', isBase64 }: ApiRequest, maxBytes: number): BodyText | Problem {
  const encoding = readCodings(headers.get('content-encoding') ?? '').join(', ') || 'identity';
  if (isBase64) {
    if (!isTaken(encoding)) return refuseEncoding(encoding);
    const read = readBytes(body, encoding, maxBytes);
    return read.kind === 'problem' ? read : decode(read.bytes);
  }
  // A text is never compressed: API Gateway decompresses gzip and deflate itself and keeps the header.
  if (!isTaken(encoding) && encoding !== 'deflate') return refuseEncoding(encoding);
  const bytes = Buffer.byteLength(body);
  if (bytes > maxBytes) return tooLarge(maxBytes, bytes);
  // API Gateway replaces bytes that are not UTF-8 by U+FFFD. So half of a surrogate pair can come only from an escape.
  return body.isWellFormed() ? { kind: 'text', text: body } : NOT_UTF8;
}

/** The content codings of a body, in order. `identity` means none, and an element may be empty. */
function readCodings(header: string): string[] {
  return header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .map((coding) => ALIASES.get(coding) ?? coding);
}

function isTaken(encoding: string): encoding is Encoding {
  return ENCODINGS.some((taken) => taken === encoding);
}

function refuseEncoding(encoding: string): Problem {
  const accepted = ENCODINGS.join(', ');
  return problem('unsupported-media-type', `content-encoding ${encoding} is not one of ${accepted}`, {
    // RFC 7694: the codings that the sender may use instead.
    headers: { 'accept-encoding': accepted },
  });
}

function readBytes(base64: string, encoding: Encoding, maxBytes: number): PlainBytes | Problem {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > maxBytes) return tooLarge(maxBytes, bytes.length);
  return encoding === 'gzip' ? gunzip(bytes, maxBytes) : { kind: 'bytes', bytes };
}

function decode(bytes: Uint8Array): BodyText | Problem {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return NOT_UTF8;
  }
}
