/** The types of images that an avatar may have, and what their bytes begin with. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;

/** One of them. */
export type ImageType = (typeof IMAGE_TYPES)[number];

/** The shortest box of brands: length, `ftyp`, a brand, its version, and one compatible brand. */
const MIN_BRANDS_BYTES = 20;

/** The longest box of brands that is taken: an encoder writes a handful, and a longer one may be a text. */
const MAX_BRANDS_BYTES = 256;

const SIGNATURES: readonly (readonly [ImageType, (bytes: Buffer) => boolean])[] = [
  ['image/jpeg', (bytes) => startsWith(bytes, '\xff\xd8\xff')],
  ['image/png', (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n')],
  ['image/webp', (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')],
  ['image/gif', (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')],
  ['image/avif', isAvif],
];

/** The type of an image by its first bytes. Only what has one is shown to the decoder, which knows many more formats. */
export function findImageType(bytes: Buffer): ImageType | undefined {
  return SIGNATURES.find(([, matches]) => matches(bytes))?.[0];
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.toString('latin1', 0, signature.length) === signature;
}

/** A box `ftyp` that names AVIF among its brands: four bytes each, the second of which is a version. */
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
