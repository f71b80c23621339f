import { createHash } from 'node:crypto';
import { compress, digestOf } from '@weir/archive';
import { LineBuffer } from './line-buffer.ts';

/** Lines packed into the bytes of one object. */
export interface PackedLines {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

// One buffer for the process: `packLines` is synchronous, so it never runs twice at once. The size of a batch limits
// the buffer's growth.
const lines = new LineBuffer();

/** Compresses the lines that `write` writes, with zstd. */
export function packLines(write: (out: LineBuffer) => void): PackedLines {
  lines.clear();
  write(lines);
  const bytes = compress(lines.view());
  return { bytes, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
}
