import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import { animation, noise, plain, smallFrame } from '../../testing/images.ts';
import { clearGif } from './clear-gif.ts';

const pixels = (gif: Buffer) => sharp(gif, { animated: false }).ensureAlpha().raw().toBuffer();

describe('clearGif', () => {
  it('makes the canvas outside the first frame transparent, and changes no pixel of the frame', async () => {
    const [before, after] = await Promise.all([pixels(await smallFrame()), pixels(clearGif(await smallFrame()))]);
    const isInside = (pixel: number) =>
      [pixel % 300, Math.floor(pixel / 300)].every((side) => side >= 100 && side < 200);
    const expected = before.map((value, at) => (at % 4 === 3 && !isInside((at - 3) / 4) ? 0 : value));
    expect(Buffer.compare(after, expected)).to.equal(0);
  });

  it('changes no pixel of a first frame that fills the canvas', async () => {
    const images = [plain(30, 20).gif().toBuffer(), noise(64, 64, 'gif'), animation('gif', ['#ff0000', '#0000ff'])];
    for (const image of await Promise.all(images)) {
      expect(await pixels(clearGif(image))).to.deep.equal(await pixels(image));
    }
  });

  it('leaves a GIF unchanged that is cut off in its first frame', async () => {
    const image = await plain(30, 20).gif().toBuffer();
    for (let length = 0; length < image.length - 1; length += 1) {
      const cut = image.subarray(0, length);
      expect(clearGif(cut), `${length} of ${image.length} bytes`).to.equal(cut);
    }
    expect(clearGif(image).length).to.be.above(image.length);
  });

  it('never fails, for any bytes', () => {
    const header = Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1');
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.uint8Array({ size: '+1' }).map((tail) => [...header, 0x2c, ...tail]),
    );
    fc.assert(fc.property(bytes, (value) => void clearGif(Buffer.from(value))));
  });
});
