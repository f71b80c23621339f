import { crc32, deflateSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import { ANIMATED_AVIF } from '../../testing/animated-avif.ts';
import { animation, noise, pixelOf, plain, redBlue, smallFrame } from '../../testing/images.ts';
import { progressiveJpeg } from '../../testing/progressive-jpeg.ts';
import { findImageType } from './image-types.ts';
import { makeThumbnail } from './make-thumbnail.ts';

async function thumbnailOf(image: Buffer): Promise<Buffer> {
  const made = await makeThumbnail(image);
  if (made.kind === 'rejected') throw new Error(made.reason);
  return made.jpeg;
}

/** A PNG chunk: length, name, data, checksum. */
function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A black-and-white PNG with all of its pixels, in a thousandth of the bytes. */
function bomb(width: number, height = width): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const lines = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 9 });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]);
}

const isRed = ([red = 0, , blue = 0]: number[]) => red > 200 && blue < 60;
const isBlue = ([red = 0, , blue = 0]: number[]) => red < 60 && blue > 200;

describe('makeThumbnail', function () {
  this.timeout(30_000);

  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    it(`makes 200 x 200 pixels of JPEG from ${format}`, async () => {
      const image = await plain(640, 311).toFormat(format).toBuffer();
      const { format: made, width, height, space } = await sharp(await thumbnailOf(image)).metadata();
      expect({ made, width, height, space }).to.deep.equal({ made: 'jpeg', width: 200, height: 200, space: 'srgb' });
    });
  }

  it('fills the square from the middle of the image', async () => {
    const thumbnail = await thumbnailOf(await redBlue());
    expect(isRed(await pixelOf(thumbnail, 90, 100))).to.equal(true);
    expect(isBlue(await pixelOf(thumbnail, 110, 100))).to.equal(true);
  });

  // The positions of the file's top left corner and of the corner beside it.
  for (const [orientation, red, blue] of [
    [1, [50, 50], [150, 50]],
    [2, [150, 50], [50, 50]],
    [3, [150, 150], [50, 150]],
    [4, [50, 150], [150, 150]],
    [5, [50, 50], [50, 150]],
    [6, [150, 50], [150, 150]],
    [7, [150, 150], [150, 50]],
    [8, [50, 150], [50, 50]],
  ] as const) {
    it(`turns an image upright whose EXIF orientation is ${orientation}`, async () => {
      const lower = await plain(400, 150, '#00ff00').png().toBuffer();
      const image = await sharp(await redBlue())
        .composite([{ input: lower, left: 0, top: 150 }])
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      const thumbnail = await thumbnailOf(image);
      expect(isRed(await pixelOf(thumbnail, red[0], red[1]))).to.equal(true);
      expect(isBlue(await pixelOf(thumbnail, blue[0], blue[1]))).to.equal(true);
    });
  }

  it('turns an image of one line without enlarging the whole image, which would take gigabytes', async () => {
    const image = await plain(8_000, 1).withMetadata({ orientation: 6 }).png().toBuffer();
    const before = process.resourceUsage().maxRSS;
    expect((await makeThumbnail(image)).kind).to.equal('made');
    // In kilobytes.
    expect(process.resourceUsage().maxRSS - before).to.be.below(100_000);
  });

  it('keeps no metadata: no location, no camera, no profile', async () => {
    const secret = 'a camera that nobody needs to know of';
    const image = await plain(300, 300)
      .withExif({ IFD0: { Model: secret }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
      .withIccProfile('p3')
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
      .jpeg()
      .toBuffer();
    expect(image.includes(secret)).to.equal(true);
    const thumbnail = await thumbnailOf(image);
    expect(thumbnail.includes(secret)).to.equal(false);
    const { exif, icc, xmp, iptc, orientation } = await sharp(thumbnail).metadata();
    expect([exif, icc, xmp, iptc, orientation]).to.deep.equal(Array(5).fill(undefined));
  });

  it('shows transparent pixels as white', async () => {
    const clear = { r: 10, g: 10, b: 10, alpha: 0 };
    const image = await sharp({ create: { width: 250, height: 250, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect(await pixelOf(await thumbnailOf(image), 100, 100)).to.deep.equal([255, 255, 255]);
  });

  for (const format of ['gif', 'webp'] as const) {
    it(`uses the first frame of an animated ${format}`, async () => {
      const image = await animation(format, ['#ff0000', '#0000ff', '#00ff00']);
      expect((await sharp(image).metadata()).pages).to.equal(3);
      const thumbnail = await thumbnailOf(image);
      expect(isRed(await pixelOf(thumbnail, 100, 100))).to.equal(true);
      expect((await sharp(thumbnail).metadata()).height).to.equal(200);
    });
  }

  it('uses the first frame of an animated avif', async () => {
    expect(isRed(await pixelOf(await thumbnailOf(ANIMATED_AVIF), 100, 100))).to.equal(true);
  });

  it('accepts every avif, with any other brands', async () => {
    const image = await plain(16, 16).avif().toBuffer();
    const brand = fc.constantFrom('avif', 'avis', 'mif1', 'msf1', 'miaf', 'MA1B', 'iso8', 'heic', '\0\0\0\0', 'abcd');
    const offsets = Array.from({ length: (image.readUInt32BE(0) - 8) / 4 }, (_, index) => 8 + index * 4);
    const brands = fc.array(brand, { minLength: offsets.length, maxLength: offsets.length });
    await fc.assert(
      fc.asyncProperty(brands, async (given) => {
        const changed = Buffer.from(image);
        for (const [index, at] of offsets.entries()) changed.write(given[index] ?? '', at, 'latin1');
        fc.pre(findImageType(changed) === 'image/avif');
        expect((await makeThumbnail(changed)).kind).to.equal('made');
      }),
      { numRuns: 50 },
    );
  });

  it('refuses an animated avif without a still picture, as it cannot be decoded', async () => {
    const image = Buffer.from(ANIMATED_AVIF);
    image.write('free', image.indexOf('meta'), 'latin1');
    expect(await makeThumbnail(image)).to.include({ kind: 'rejected', reason: 'damaged' });
  });

  it('shows the canvas outside the first frame of a gif as white', async () => {
    const image = await smallFrame();
    expect((await sharp(image).metadata()).hasAlpha).to.equal(false);
    const thumbnail = await thumbnailOf(image);
    expect(isRed(await pixelOf(thumbnail, 100, 100))).to.equal(true);
    for (const [left, top] of [
      [2, 2],
      [100, 50],
      [198, 198],
    ] as const) {
      expect(await pixelOf(thumbnail, left, top)).to.deep.equal([255, 255, 255]);
    }
  });

  it('accepts an image in CMYK, and keeps its colours', async () => {
    const image = await plain(300, 300, '#ff0000').toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(image).metadata()).space).to.equal('cmyk');
    const [red = 0, green = 0, blue = 0] = await pixelOf(await thumbnailOf(image), 100, 100);
    expect(red).to.be.above(200);
    expect(Math.max(green, blue)).to.be.below(90);
  });

  for (const [width, height] of [
    [1, 1],
    [1, 16_000],
    [16_000, 1],
  ] as const) {
    it(`accepts an image of ${width} x ${height} pixels`, async () => {
      const { width: made, height: high } = await sharp(
        await thumbnailOf(await plain(width, height).png().toBuffer()),
      ).metadata();
      expect([made, high]).to.deep.equal([200, 200]);
    });
  }

  it('refuses a decompression bomb without decoding it', async () => {
    const image = bomb(30_000);
    expect(image.length).to.be.below(200_000);
    const before = process.cpuUsage();
    expect(await makeThumbnail(image)).to.deep.equal({ kind: 'rejected', reason: 'too-many-pixels' });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000, 'milliseconds of CPU').to.be.below(1_000);
  });

  it('accepts an image of exactly the most pixels', async () => {
    expect((await makeThumbnail(bomb(7_071))).kind).to.equal('made');
    expect(await makeThumbnail(bomb(7_072))).to.deep.equal({ kind: 'rejected', reason: 'too-many-pixels' });
  });

  it('accepts an image with the longest sides', async () => {
    expect((await makeThumbnail(bomb(65_535, 1))).kind).to.equal('made');
    for (const image of [bomb(65_536, 1), bomb(1, 65_536)]) {
      expect(await makeThumbnail(image)).to.deep.equal({ kind: 'rejected', reason: 'too-many-pixels' });
    }
  });

  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    for (const [width, height] of [
      [200, 200],
      // The thumbnail does not contain its last lines.
      [60, 900],
    ] as const) {
      it(`refuses a ${format} of ${width} x ${height} that is cut off`, async () => {
        const image = await noise(width, height, format);
        expect((await makeThumbnail(image)).kind).to.equal('made');
        for (const share of [0.2, 0.5, 0.95]) {
          const cut = image.subarray(0, Math.floor(image.length * share));
          expect(await makeThumbnail(cut), `${share}`).to.include({ kind: 'rejected', reason: 'damaged' });
        }
      });
    }
  }

  it('accepts a JPEG of 64 scans and not of more, as each scan takes as long as an image', async () => {
    expect((await makeThumbnail(progressiveJpeg(64))).kind).to.equal('made');
    expect(await makeThumbnail(progressiveJpeg(65))).to.include({ kind: 'rejected', reason: 'damaged' });
  });

  it('stops waiting for an image that takes too long', async () => {
    const image = bomb(7_071);
    expect(await makeThumbnail(image, 10)).to.include({ kind: 'rejected', reason: 'damaged' });
    expect((await makeThumbnail(image)).kind).to.equal('made');
  });

  it('passes no other format to the decoder, which knows more', async () => {
    const svg = Buffer.from('<!--ftypavif--><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const tiff = await plain(9, 9).tiff().toBuffer();
    for (const image of [svg, tiff]) {
      expect(await makeThumbnail(image)).to.include({ kind: 'rejected', reason: 'damaged' });
    }
  });

  it('refuses a file that only begins like an image', async () => {
    const image = Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(1_000, 'x')]);
    const refused = await makeThumbnail(image);
    expect(refused).to.include({ kind: 'rejected', reason: 'damaged' });
    expect(refused).to.have.property('detail').that.includes('Error: ');
  });
});
