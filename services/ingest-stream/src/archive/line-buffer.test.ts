import { expect } from 'chai';
import fc from 'fast-check';
import { LineBuffer } from './line-buffer.ts';

describe('LineBuffer', () => {
  it('holds the UTF-8 of texts with any characters', () => {
    const out = new LineBuffer(1);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        out.clear();
        for (const text of texts) out.text(text);
        expect(Buffer.from(out.view())).to.deep.equal(Buffer.from(texts.join('')));
      }),
    );
  });

  it('grows, and keeps the bytes written before', () => {
    const out = new LineBuffer(4);
    for (const text of ['abc', '€'.repeat(100), 'd', '\u{1f600}'.repeat(1000)]) out.text(text);
    expect(Buffer.from(out.view()).toString()).to.equal(`abc${'€'.repeat(100)}d${'\u{1f600}'.repeat(1000)}`);
  });

  it('takes a range of bytes', () => {
    const out = new LineBuffer(1);
    out.text('a');
    out.range(Buffer.from('0123456789'), 3, 7);
    expect(Buffer.from(out.view()).toString()).to.equal('a3456');
  });

  it('is empty after clear', () => {
    const out = new LineBuffer(4);
    out.text('a longer text');
    out.clear();
    out.text('b');
    expect(Buffer.from(out.view()).toString()).to.equal('b');
  });
});
