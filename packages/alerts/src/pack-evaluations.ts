import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LastEvaluated } from './evaluation-cursor.ts';

const FORMAT = 2;
/** Was not compressed. */
const FORMAT_BEFORE = 1;
/** Bucket and time in seconds, as 32 bits each, and the value as 64. */
const BYTES_AFTER_ID = 16;
const SECOND_MS = 1000;

type Evaluations = ReadonlyMap<string, LastEvaluated>;

/**
 * The last evaluations of all rules in some 13 bytes each: they are written each minute, in one item. Most rules judged
 * the same bucket at the same time, so compressed they are little more than ids. Ids are ASCII of at most 255 characters.
 * `at` loses its milliseconds.
 */
export function packEvaluations(evaluations: Evaluations): Uint8Array {
  return Buffer.concat([Uint8Array.of(FORMAT), deflateRawSync(rowsOf(evaluations))]);
}

/** What `packEvaluations` packed. Nothing if a later version packed it: the next pass writes it again. */
export function unpackEvaluations(bytes: Uint8Array): Evaluations {
  const packed = bytes.subarray(1);
  if (bytes[0] === FORMAT) return readRows(inflateRawSync(packed));
  return bytes[0] === FORMAT_BEFORE ? readRows(packed) : new Map();
}

function rowsOf(evaluations: Evaluations): Uint8Array {
  const ids = [...evaluations.keys()];
  const bytes = new Uint8Array(ids.reduce((sum, id) => sum + 1 + id.length + BYTES_AFTER_ID, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [id, evaluated] of evaluations) {
    bytes[at] = id.length;
    bytes.set(Buffer.from(id, 'latin1'), at + 1);
    at += 1 + id.length;
    view.setUint32(at, evaluated.bucket / SECOND_MS);
    view.setUint32(at + 4, evaluated.at / SECOND_MS);
    view.setFloat64(at + 8, evaluated.value ?? Number.NaN);
    at += BYTES_AFTER_ID;
  }
  return bytes;
}

function readRows(bytes: Uint8Array): Evaluations {
  const evaluations = new Map<string, LastEvaluated>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const end = at + 1 + (bytes[at] as number);
    const id = Buffer.from(bytes.subarray(at + 1, end)).toString('latin1');
    const value = view.getFloat64(end + 8);
    evaluations.set(id, {
      bucket: view.getUint32(end) * SECOND_MS,
      at: view.getUint32(end + 4) * SECOND_MS,
      value: Number.isNaN(value) ? null : value,
    });
    at = end + BYTES_AFTER_ID;
  }
  return evaluations;
}
