/** The accepted types of images. The first bytes of a file decide its type. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;

/** One of these types. */
export type ImageType = (typeof IMAGE_TYPES)[number];

/** The shortest box of brands: length, `ftyp`, a brand, its version, and one compatible brand. */
const MIN_BRANDS_BYTES = 20;

/** The longest box of brands that is accepted. An encoder writes a few brands; a longer box may be a text. */
const MAX_BRANDS_BYTES = 256;

const SIGNATURES: readonly (readonly [ImageType, (bytes: Buffer) => boolean])[] = [
  ['image/jpeg', (bytes) => startsWith(bytes, '\xff\xd8\xff')],
  ['image/png', (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n')],
  ['image/webp', (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')],
  ['image/gif', (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')],
  ['image/avif', isAvif],
];

/**
 * The type of an image by its first bytes. Only images with one of these types reach the decoder, which knows many more
 * formats.
 */
export function findImageType(bytes: Buffer): ImageType | undefined {
  return SIGNATURES.find(([, matches]) => matches(bytes))?.[0];
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.toString('latin1', 0, signature.length) === signature;
}

/**
 * Whether the bytes begin with a box `ftyp` that has AVIF among its brands. A brand has four bytes; the second one is a
 * version.
 */
function isAvif(bytes: Buffer): boolean {
  if (!startsWith(bytes.subarray(4), 'ftyp')) return false;
  const end = bytes.readUInt32BE(0);
  if (end < MIN_BRANDS_BYTES || end > Math.min(bytes.length, MAX_BRANDS_BYTES)) return false;
  for (let at = 8; at + 4 <= end; at += 4) {
    const brand = bytes.toString('latin1', at, at + 4);
    if (at !== 12 && (brand === 'avif' || brand === 'avis')) return true;
  }
  return false;
}
