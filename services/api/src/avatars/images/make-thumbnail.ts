import type { Metadata, Sharp } from 'sharp';
import { withinBudget } from '../../times/within-budget.ts';
import { brandAsStill } from './brand-as-still.ts';
import { clearGif } from './clear-gif.ts';
import { countScans } from './count-scans.ts';
import { findImageType, type ImageType } from './image-types.ts';
import { DECODE_BUDGET_MS, MAX_AVATAR_PIXELS, MAX_AVATAR_SIDE, MAX_JPEG_SCANS } from './limits.ts';
import { loadSharp } from './load-sharp.ts';

/** Width and height of a thumbnail. */
export const THUMBNAIL_PIXELS = 200;

const QUALITY = 80;

/** Why an image has no thumbnail. These are some of the reasons for which an upload is rejected. */
type NoThumbnail = 'too-many-pixels' | 'damaged';

/** A thumbnail, or the reason why there is none. */
export type Thumbnail =
  | { readonly kind: 'made'; readonly jpeg: Buffer }
  /** `detail` is the decoder's message. */
  | { readonly kind: 'rejected'; readonly reason: NoThumbnail; readonly detail?: string };

const sharp = loadSharp();

// Each call decodes one image once, so the decoder's cache would only take memory.
sharp.cache(false);

/**
 * The decoder knows many more formats, SVG among them. It must not recognise one of these in a file that passed for an
 * image. A JPEG with a gain map (Ultra HDR) is read like any other JPEG.
 */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });

/** Decodes the first frame. Damage that the decoder reports as an error fails, a warning does not. */
const DECODING = { limitInputPixels: MAX_AVATAR_PIXELS, failOn: 'error', animated: false } as const;

/** How to turn an image upright by its EXIF orientation: first mirror it, then rotate it clockwise. */
const MIRRORED: ReadonlySet<number> = new Set([2, 4, 5, 7]);
const DEGREES: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270 };

/** Corrections for images that the decoder would misread. */
const PREPARE: Partial<Record<ImageType, (bytes: Buffer) => Buffer>> = {
  'image/avif': brandAsStill,
  'image/gif': clearGif,
};

/**
 * Makes the thumbnail of an image: 200 x 200 pixels, cropped, upright, in sRGB, without metadata. An image that takes
 * longer than `budgetMs` counts as damaged: an AVIF of a kilobyte can ask for a hundred turns of 50 megapixels. The
 * decoder cannot be stopped; it continues in its thread.
 */
export async function makeThumbnail(bytes: Buffer, budgetMs = DECODE_BUDGET_MS): Promise<Thumbnail> {
  try {
    return await withinBudget(decode(prepare(bytes)), budgetMs);
  } catch (error) {
    // Every error of the decoder is treated as damage of the image. Its message goes to the log, which shows it if the
    // decoder itself fails.
    return { kind: 'rejected', reason: 'damaged', detail: String(error) };
  }
}

async function decode(bytes: Buffer): Promise<Thumbnail> {
  const { width, height, format, orientation = 1 } = await readHeader(bytes);
  if (isTooLarge(width, height)) return rejected('too-many-pixels');
  if (format === 'jpeg' && countScans(bytes) > MAX_JPEG_SCANS) return rejected('damaged');
  // AVIF is decoded whole in any case, and takes longest: up to 8 s and 1.5 GB for 50 megapixels of 12 bits.
  if (format !== 'heif') await readWhole(bytes);
  return { kind: 'made', jpeg: await cropUpright(bytes, orientation) };
}

/** Decodes nothing. It has no limit, as the limit's error could not be distinguished from damage. */
function readHeader(bytes: Buffer): Promise<Metadata> {
  return sharp(bytes, { ...DECODING, limitInputPixels: false }).metadata();
}

function isTooLarge(width: number, height: number): boolean {
  return width * height > MAX_AVATAR_PIXELS || Math.max(width, height) > MAX_AVATAR_SIDE;
}

function rejected(reason: NoThumbnail): Thumbnail {
  return { kind: 'rejected', reason };
}

/**
 * Decodes the whole image. Decoding is lazy: a crop may not read the last lines of a long image, and so not notice that
 * they are missing.
 */
async function readWhole(bytes: Buffer): Promise<void> {
  await sharp(bytes, DECODING).resize(1, 1, { fit: 'fill' }).raw().toBuffer();
}

/**
 * The square is the same before and after turning. In one pipeline the decoder turns first, which enlarges the whole of a
 * thin image: one line of 16,000 pixels took 4 GB.
 */
async function cropUpright(bytes: Buffer, orientation: number): Promise<Buffer> {
  const square = await crop(bytes);
  return (
    square
      .flop(MIRRORED.has(orientation))
      .rotate(DEGREES[orientation] ?? 0)
      // Without an option, no metadata is kept.
      .jpeg({ quality: QUALITY })
      .toBuffer()
  );
}

/** Cuts a square from the middle, before the image is turned. */
async function crop(bytes: Buffer): Promise<Sharp> {
  const size = THUMBNAIL_PIXELS;
  const { data, info } = await sharp(bytes, DECODING)
    .resize(size, size, { fit: 'cover' })
    // JPEG has no transparency: without a background it would show as black.
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info });
}

function prepare(bytes: Buffer): Buffer {
  const type = findImageType(bytes);
  return (type && PREPARE[type]?.(bytes)) ?? bytes;
}
