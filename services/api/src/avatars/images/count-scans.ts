/** Markers of JPEG (ITU T.81, table B.1): the byte behind a 0xff. */
const FRAME = 0xc0;
const RESTART = 0xd0;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const SCAN = 0xda;

/**
 * The number of scans in a JPEG. Each scan goes over every block of the image and needs only a few bytes. So the number
 * of scans is limited only by the file's length, unlike the number of pixels.
 */
export function countScans(bytes: Buffer): number {
  let scans = 0;
  // In coded data 0xff stands only before a zero or a restart marker. The search for the next marker passes over these.
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === END_OF_IMAGE) break;
    if (marker === SCAN) scans += 1;
    at += lengthOf(bytes, at);
  }
  return scans;
}

/** The number of bytes from the 0xff of a marker to the end of its segment. */
function lengthOf(bytes: Buffer, at: number): number {
  const marker = bytes.readUInt8(at + 1);
  // A fill byte. The 0xff of the marker comes next.
  if (marker === 0xff) return 1;
  const isAlone = marker < FRAME || (marker >= RESTART && marker <= START_OF_IMAGE);
  return isAlone || at + 4 > bytes.length ? 2 : 2 + bytes.readUInt16BE(at + 2);
}
