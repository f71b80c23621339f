import { expect } from 'chai';
import fc from 'fast-check';
import { plain } from '../../testing/images.ts';
import { findImageType } from './image-types.ts';

describe('findImageType', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    it(`recognises ${format}`, async () => {
      expect(findImageType(await plain(20, 20).toFormat(format).toBuffer())).to.equal(`image/${format}`);
    });
  }

  it('recognises no other format that the decoder knows', async () => {
    expect(findImageType(await plain(20, 20).tiff().toBuffer())).to.equal(undefined);
    expect(findImageType(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).to.equal(
      undefined,
    );
    expect(findImageType(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'))).to.equal(undefined);
  });

  it('finds AVIF among the compatible brands, and not in a version', () => {
    expect(findImageType(Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'latin1'))).to.equal('image/avif');
    expect(findImageType(Buffer.from('\0\0\0\x18ftypmif1avifmif1heic', 'latin1'))).to.equal(undefined);
    expect(findImageType(Buffer.from('\0\0\0\x14ftypmif1\0\0\0\0mif1avif', 'latin1'))).to.equal(undefined);
  });

  it('does not recognise AVIF without a compatible brand', () => {
    expect(findImageType(Buffer.from('\0\0\0\x10ftypavif\0\0\0\0', 'latin1'))).to.equal(undefined);
    expect(findImageType(Buffer.from('\0\0\0\x14ftypavis\0\0\0\0msf1', 'latin1'))).to.equal('image/avif');
  });

  it('never recognises a text as AVIF', () => {
    expect(findImageType(Buffer.from('<!--ftypavif--><svg xmlns="http://www.w3.org/2000/svg"/>'))).to.equal(undefined);
    expect(findImageType(Buffer.from('P6\n#ftypavif\n7000 7000 255\n'))).to.equal(undefined);
  });

  it('never fails, for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.uint8Array().map((tail) => [0, 0, 0, 99, 102, 116, 121, 112, ...tail]),
    );
    fc.assert(fc.property(bytes, (value) => void findImageType(Buffer.from(value))));
  });
});
