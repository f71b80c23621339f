import { createHash } from 'node:crypto';
import { compress, digestOf } from '@weir/archive';
import { LineBuffer } from './line-buffer.ts';

/** Lines packed into the bytes of one object. */
export interface PackedLines {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

// One buffer for the process: `packLines` is synchronous and never enters itself. A batch bounds how far it grows.
const lines = new LineBuffer();

/** Packs the whole lines that `write` writes under zstd. */
export function packLines(write: (out: LineBuffer) => void): PackedLines {
  lines.clear();
  write(lines);
  const bytes = compress(lines.view());
  return { bytes, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
}
