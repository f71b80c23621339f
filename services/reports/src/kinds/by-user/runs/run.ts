import type { ObjectStore } from '@weir/archive';

/** Records in order, in a file or in a part of an object. */
export interface Run {
  readonly bytes: number;
  /** Bytes that are read at once. */
  readonly blockBytes: number;
  /** The bytes from `from` to `to` (exclusive), at most a block. They are good until the next read. */
  read(from: number, to: number): Promise<Buffer>;
  /** Gives back what the run takes on the disk. */
  close(): Promise<void>;
}

/** Most ranges of an object are shorter: one request reads all of it. */
const BLOCK_BYTES = 512 * 1024;

/** A range of an object. */
export interface ObjectRange {
  readonly key: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** A run that is a range of an object. */
export function objectRun(files: Pick<ObjectStore, 'getRange'>, { key, from: start, to: end }: ObjectRange): Run {
  return {
    bytes: end - start,
    blockBytes: BLOCK_BYTES,
    read: async (from, to) => {
      const { buffer, byteOffset, byteLength } = await files.getRange(key, start + from, start + to);
      return Buffer.from(buffer, byteOffset, byteLength);
    },
    close: async () => {},
  };
}
