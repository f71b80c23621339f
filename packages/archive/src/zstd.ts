import { pipeline, Readable } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

// node:zlib marks zstd as experimental in Node 24: this file is the only one that knows.

/** Level 1 packs as well as gzip 6 for a seventh of its time. */
const LEVEL = 1;
const options = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } };

/** Decompressed bytes handed on at once. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Lines repeat their neighbours: looking 128 KB back packs as well as 512 KB, and 2,048 places, which fit into the
 * processor's first cache, pack better than more. Both cost less.
 */
const entryParams = { ...options.params, [constants.ZSTD_c_windowLog]: 17, [constants.ZSTD_c_hashLog]: 11 };

/**
 * Memory for what comes out, in pieces: lines come out at a tenth of their size, and one piece holds them. Smaller ones
 * make many calls, and larger ones (all that might come out, so that zstd packs in one go) are quicker by a tenth and cost
 * more than that in full collections, which memory outside the heap brings on.
 */
const MAX_CHUNK_BYTES = 128 * 1024;
const USUAL_SHARE = 8;
const SMALL_CHUNK_BYTES = 4096;

/** Compresses what fits in memory: the lines of one entry. */
export function compress(bytes: Uint8Array): Uint8Array {
  const chunkSize = Math.min(Math.ceil(bytes.length / USUAL_SHARE) + SMALL_CHUNK_BYTES, MAX_CHUNK_BYTES);
  return zstdCompressSync(bytes, { params: entryParams, chunkSize });
}

/** Decompresses what fits in memory: the lines of one entry. */
export function decompress(bytes: Uint8Array): Uint8Array {
  return zstdDecompressSync(bytes);
}

/** Compresses a stream; whoever reads it sees the errors of what it comes from. */
export function compressed(chunks: AsyncIterable<Uint8Array>): Readable {
  return pipeline(Readable.from(chunks, { objectMode: false }), createZstdCompress(options), () => {});
}

/** Decompresses a stream; whoever reads it sees the errors of what it comes from. */
export function decompressed(chunks: Readable): Readable {
  return pipeline(chunks, createZstdDecompress({ chunkSize: CHUNK_BYTES }), () => {});
}
