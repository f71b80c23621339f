/** The types of blocks in a GIF, by their first byte. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** The header, with the settings of the whole canvas. */
const HEADER_BYTES = 13;

/** An image's position, size and flags. Its colours follow, and a byte that says how its pixels are packed. */
const DESCRIPTOR_BYTES = 10;

/** A frame of one pixel with two colours. The first colour is transparent. */
const CLEAR_FRAME = Buffer.from([
  ...[EXTENSION, 0xf9, 4, 0b101, 0, 0, 0, 0],
  ...[IMAGE, 0, 0, 0, 0, 1, 0, 1, 0, 0x80],
  ...[0, 0, 0, 255, 255, 255],
  // The number of bits in a code; then in one block: begin, colour 0, end.
  ...[2, 2, 0x44, 0x01, 0],
]);

/**
 * Returns a GIF that has something transparent in it, if necessary in a second frame. Without that, the decoder shows as
 * black what the first frame leaves free on the canvas, where browsers show the background. A GIF that is cut off is
 * returned unchanged: the decoder reports it.
 */
export function clearGif(bytes: Buffer): Buffer {
  const end = endOfFirstFrame(bytes);
  return end === undefined ? bytes : Buffer.concat([bytes.subarray(0, end), CLEAR_FRAME, bytes.subarray(end)]);
}

function endOfFirstFrame(bytes: Buffer): number | undefined {
  let at = HEADER_BYTES + coloursBytes(bytes[10]);
  while (bytes[at] === EXTENSION) at = endOfChain(bytes, at + 2);
  if (bytes[at] !== IMAGE) return undefined;
  const pixels = at + DESCRIPTOR_BYTES + coloursBytes(bytes[at + DESCRIPTOR_BYTES - 1]) + 1;
  const end = endOfChain(bytes, pixels);
  return end <= bytes.length ? end : undefined;
}

/** The length of a colour table, which a byte of flags gives. */
function coloursBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The end of a chain of blocks. Each block begins with its length, and the last block is empty. */
function endOfChain(bytes: Buffer, start: number): number {
  let at = start;
  for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
  return at + 1;
}
