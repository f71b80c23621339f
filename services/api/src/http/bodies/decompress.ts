import { gunzipSync } from 'node:zlib';
import { type Problem, problem } from '../answers/problem.ts';

/** The content codings of bodies that the API accepts. */
export const ENCODINGS = ['gzip', 'identity'] as const;

/** One of these codings. */
export type Encoding = (typeof ENCODINGS)[number];

/** The bytes of a body before compression. */
export interface PlainBytes {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
}

/** The problem of a body with more than `maxBytes` uncompressed bytes. */
export function tooLarge(maxBytes: number, bytes?: number): Problem {
  const has = bytes === undefined ? `more than ${maxBytes}` : bytes;
  return problem('too-large', `the body has ${has} bytes, at most ${maxBytes} are accepted`);
}

/** Decompresses gzip. It stops after `maxBytes`, so that a small body cannot become a large one. */
export function gunzip(bytes: Uint8Array, maxBytes: number): PlainBytes | Problem {
  // A gateway may have decompressed the body and kept the header.
  if (!isGzip(bytes)) return { kind: 'bytes', bytes };
  try {
    return { kind: 'bytes', bytes: gunzipSync(bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    if (error instanceof RangeError) return tooLarge(maxBytes);
    const detail = 'the body is not gzip, although content-encoding says so, or it is cut off';
    return problem('invalid-body', detail, { errors: [{ header: 'Content-Encoding', detail }] });
  }
}

/** The first two bytes of every gzip member (RFC 1952, 2.3.1). No JSON text begins with them. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
