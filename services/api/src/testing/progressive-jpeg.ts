/** Width and height: 30,625 blocks, which one run of empty blocks can skip. */
const SIDE = [1_400 >> 8, 1_400 & 255] as const;
const BLOCKS = (1_400 / 8) ** 2;

/** A valid grey progressive JPEG with this number of scans: one scan with all data, and others that add nothing. */
export function progressiveJpeg(scans: number): Buffer {
  // A scan header for one component, from one coefficient to another.
  const head = (first: number, last: number) => jpegSegment(0xda, [1, 1, 0, first, last, 0]);
  // A zero and 14 ones: the longest run.
  const empty = Buffer.concat([head(1, 63), Buffer.from([0x7f, 0xff, 0x00])]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xdb, [0, ...Array(64).fill(16)]),
    jpegSegment(0xc2, [8, ...SIDE, ...SIDE, 1, 1, 0x11, 0]),
    ...[huffman(0x00, 0), huffman(0x10, 0xe0)],
    ...[head(0, 0), Buffer.alloc(Math.ceil(BLOCKS / 8))],
    ...Array(scans - 1).fill(empty),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A segment of a JPEG: marker, length, data. */
export function jpegSegment(marker: number, data: readonly number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

/** A table with one code of one bit, a zero. */
function huffman(id: number, symbol: number): Buffer {
  return jpegSegment(0xc4, [id, 1, ...Array(15).fill(0), symbol]);
}
