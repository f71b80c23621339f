import { expect } from 'chai';
import fc from 'fast-check';
import { noise } from '../../testing/images.ts';
import { jpegSegment, progressiveJpeg } from '../../testing/progressive-jpeg.ts';
import { countScans } from './count-scans.ts';

/** An image with additional bytes after the first marker. */
function withInserted(image: Buffer, inserted: Buffer): Buffer {
  return Buffer.concat([image.subarray(0, 2), inserted, image.subarray(2)]);
}

describe('countScans', () => {
  it('counts the scans of any image', async () => {
    expect(countScans(await noise(300, 200, 'jpeg'))).to.equal(1);
    for (const scans of [1, 2, 64, 1_000]) expect(countScans(progressiveJpeg(scans))).to.equal(scans);
  });

  it('does not count scans of another image inside the metadata, or after the end', () => {
    const image = progressiveJpeg(3);
    const preview = jpegSegment(0xe1, [...progressiveJpeg(5)]);
    expect(countScans(withInserted(image, preview))).to.equal(3);
    expect(countScans(Buffer.concat([image, progressiveJpeg(5)]))).to.equal(3);
  });

  it('skips fill bytes and single reserved markers, as the decoder does', () => {
    const image = progressiveJpeg(3);
    expect(countScans(withInserted(image, Buffer.alloc(9, 0xff)))).to.equal(3);
    expect(countScans(withInserted(image, Buffer.from([0xff, 0x50])))).to.equal(3);
  });

  it('ends, for any bytes', () => {
    const bytes = fc.array(fc.oneof(fc.constantFrom(0xff, 0xda, 0xd9, 0xd8, 0xe1, 0), fc.nat(255)));
    fc.assert(fc.property(bytes, (value) => void countScans(Buffer.from(value))));
  });
});
