import { createHash } from 'node:crypto';
import { compress, digestOf } from '@weir/archive';

/** Lines packed into the bytes of one object. */
export interface PackedLines {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** Packs texts of whole lines under zstd. */
export function packLines(texts: Iterable<string>): PackedLines {
  const bytes = compress(Buffer.concat(Array.from(texts, (text) => Buffer.from(text))));
  return { bytes, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
}
