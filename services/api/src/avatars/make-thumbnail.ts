import { MAX_AVATAR_PIXELS } from '../limits.ts';
import type { Rejection } from './avatar-state.ts';
import { loadSharp } from './load-sharp.ts';

/** Width and height of a thumbnail. */
export const THUMBNAIL_PIXELS = 200;

const QUALITY = 80;

/** A thumbnail, or why there is none. */
export type Thumbnail =
  | { readonly kind: 'made'; readonly jpeg: Buffer }
  | { readonly kind: 'rejected'; readonly reason: Rejection };

const sharp = loadSharp();

// Each call decodes one image once: what the decoder would keep for a next time is only memory.
sharp.cache(false);

/** The first frame. Damage that the decoder reports is an error, what it only remarks on is not. */
const DECODING = { limitInputPixels: MAX_AVATAR_PIXELS, failOn: 'error', animated: false } as const;

function rejected(reason: Rejection): Thumbnail {
  return { kind: 'rejected', reason };
}

/**
 * Decodes the whole image. Decoding is lazy: a crop need not see the last lines of a long image, and so whether they are
 * there.
 */
async function readWhole(bytes: Buffer): Promise<void> {
  await sharp(bytes, DECODING).resize(1, 1, { fit: 'fill' }).raw().toBuffer();
}

function crop(bytes: Buffer): Promise<Buffer> {
  const size = THUMBNAIL_PIXELS;
  return (
    sharp(bytes, DECODING)
      .autoOrient()
      .resize(size, size, { fit: 'cover' })
      // JPEG has no transparency: without a background it would show as black.
      .flatten({ background: '#ffffff' })
      // Nothing of the metadata is kept unless asked for.
      .jpeg({ quality: QUALITY })
      .toBuffer()
  );
}

/** Makes the thumbnail of an image: 200 x 200 pixels, cropped, upright, in sRGB, without metadata. */
export async function makeThumbnail(bytes: Buffer): Promise<Thumbnail> {
  try {
    // Of the header only, and without the limit, whose error could not be told apart from damage.
    const { width, height, format } = await sharp(bytes, { ...DECODING, limitInputPixels: false }).metadata();
    if (width * height > MAX_AVATAR_PIXELS) return rejected('too-many-pixels');
    // AVIF is decoded whole in any case, and takes the longest: up to 8 s and 1.5 GB for 50 megapixels of 12 bits.
    if (format !== 'heif') await readWhole(bytes);
    return { kind: 'made', jpeg: await crop(bytes) };
  } catch {
    // Whatever the decoder says, it says of the bytes.
    return rejected('damaged');
  }
}
