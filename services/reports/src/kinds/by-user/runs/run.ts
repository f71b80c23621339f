import type { ObjectStore } from '@weir/archive';

/** Records in order, in a file or in a part of an object. */
export interface Run {
  readonly bytes: number;
  /** Bytes that are read at once, at most. */
  readonly blockBytes: number;
  /** Fills `into` with the bytes from `from` on. They must exist. */
  read(from: number, into: Buffer): Promise<void>;
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
    read: (from, into) => files.getRange(key, start + from, into),
    close: async () => {},
  };
}
