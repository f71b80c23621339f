import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { columnChart } from '../chart/column-chart.ts';
import { rankedBars } from '../chart/ranked-bars.ts';
import { compareFigures } from '../format/compare-figures.ts';
import { fontFiles } from './font-files.ts';
import { fontGlyphs } from './font-glyphs.ts';
import { chartWidthOf, imageCard } from './image-card.ts';
import { legibleText } from './legible-text.ts';
import { svgToPng } from './svg-to-png.ts';

const glyphs = fontFiles().map((file) => fontGlyphs(readFileSync(file)));

function cardOf(name: string): string {
  const rows = [{ name, value: 1200, change: compareFigures(12, 10) }];
  return imageCard(rankedBars({ rows, width: chartWidthOf(560), summary: '' }));
}

describe('font-glyphs', () => {
  it('has a glyph for every character that a chart writes by itself, in each face', () => {
    const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
    for (const character of `${printable}▲▼±×−–…\u00a0`) {
      for (const hasGlyph of glyphs) {
        expect(hasGlyph(character.codePointAt(0)!), `U+${character.codePointAt(0)!.toString(16)}`).to.equal(true);
      }
    }
  });

  it('has none for what the font lacks', () => {
    for (const hasGlyph of glyphs) {
      expect([...'中😀'].map((it) => hasGlyph(it.codePointAt(0)!))).to.deep.equal([false, false]);
    }
  });
});

describe('legible-text', () => {
  it('shows the code of each character without a glyph', () => {
    expect(legibleText('a é中😀', (codePoint) => codePoint < 0x300)).to.equal('a é[U+4E2D][U+1F600]');
  });
});

describe('svg-to-png', () => {
  it('draws two pixels for each of the width', () => {
    const chart = columnChart({ columns: [], width: 100, height: 60, summary: '', figures: 'all', empty: '' });
    const png = svgToPng(imageCard(chart), 264);
    expect(png.subarray(1, 4).toString()).to.equal('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([528, 368]);
  });

  it('draws the same bytes from the same chart', () => {
    expect(svgToPng(cardOf('checkout'), 560).equals(svgToPng(cardOf('checkout'), 560))).to.equal(true);
  });

  it('draws text: without its font, or for a character without a glyph, it would be missing', () => {
    const pictures = ['', 'checkout', 'checkouts', '中', '文'].map((name) =>
      svgToPng(cardOf(name), 560).toString('base64'),
    );
    expect(new Set(pictures).size).to.equal(pictures.length);
  });

  it('draws what a hostile name says, and nothing that it asks for', () => {
    const hostile = '</text><image href="file:///etc/passwd"/>\u0000\ud800';
    expect(cardOf(hostile)).to.not.contain('<image');
    expect(svgToPng(cardOf(hostile), 560).length).to.be.above(1000);
  });
});
