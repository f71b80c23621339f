/** Markers of JPEG (ITU T.81, table B.1): the byte behind a 0xff. */
const FRAME = 0xc0;
const RESTART = 0xd0;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const SCAN = 0xda;

/**
 * How many scans a JPEG has. Each goes over every block of the image and need not have more than a few bytes, so that their
 * number, unlike that of pixels, has no bound but the file's length.
 */
export function countScans(bytes: Buffer): number {
  let scans = 0;
  // Coded data has no 0xff but before a zero or a restart marker: the search for the next marker passes over it.
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === END_OF_IMAGE) break;
    if (marker === SCAN) scans += 1;
    at += lengthOf(bytes, at);
  }
  return scans;
}

/** Bytes from the 0xff of a marker to the end of its segment. */
function lengthOf(bytes: Buffer, at: number): number {
  const marker = bytes.readUInt8(at + 1);
  // A fill byte: the marker's own comes next.
  if (marker === 0xff) return 1;
  const isAlone = marker < FRAME || (marker >= RESTART && marker <= START_OF_IMAGE);
  return isAlone || at + 4 > bytes.length ? 2 : 2 + bytes.readUInt16BE(at + 2);
}
