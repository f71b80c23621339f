import { expect } from 'chai';
import { compareFigures } from '../format/compare-figures.ts';
import { type Chart, inlineSvg } from './chart.ts';
import { columnChart } from './column-chart.ts';
import { rankedBars } from './ranked-bars.ts';
import { sparkline } from './sparkline.ts';
import { fitText, textWidth } from './text-width.ts';

const HOSTILE = '</svg><script>alert(1)</script><img onerror=x>';

function columns(values: readonly (number | null)[], width = 480): Chart {
  return columnChart({
    columns: values.map((value, at) => ({ label: `${at}`, detail: `detail ${at}`, value, isMain: at === 1 })),
    width,
    height: 200,
    summary: 'a summary',
    figures: 'main',
    empty: 'Nothing here',
  });
}

function count(chart: Chart, piece: string): number {
  return chart.body.text.split(piece).length - 1;
}

describe('column-chart', () => {
  it('draws a column for each value that is known, and a dash for the others', () => {
    const chart = columns([1, 2, null, 0]);
    expect(count(chart, '<path')).to.equal(3);
    expect(count(chart, '>–<title>detail 2')).to.equal(1);
  });

  it('draws the highest column up to the highest tick or below it, and the smallest so that it is seen', () => {
    const tops = [...columns([1_000_000, 1]).body.text.matchAll(/d="M[\d.]+,([\d.]+)V([\d.]+)/g)].map(
      ([, base, top]) => Number(base) - Number(top),
    );
    expect(tops[0]).to.be.within(100, 160);
    expect(tops[1]).to.be.within(0, 1.5);
    expect(columns([1_000_000, 1]).body.text).to.match(/q0,-1\.5/);
  });

  it('writes the figures of all columns, a zero too, or only of the one that matters', () => {
    const figuresOf = (figures: 'all' | 'main') => {
      const details = [3, 0, null, 7].map((value, at) => ({ label: '', detail: '', value, isMain: at === 3 }));
      const options = { columns: details, width: 480, height: 200, summary: '', empty: '' };
      const { text } = columnChart({ ...options, figures }).body;
      return [...text.matchAll(/class="halo [^>]*>([^<]*)</g)].map(([, figure]) => figure);
    };
    expect(figuresOf('all')).to.deep.equal(['3', '0', '7']);
    expect(figuresOf('main')).to.deep.equal(['7']);
  });

  it('has whole ticks for whole values', () => {
    expect(columns([0, 1]).body.text).to.not.contain('>0.5<');
    expect(columns([0, 0.5, 1]).body.text).to.contain('>0.5<');
  });

  it('says so where all values are zero', () => {
    expect(columns([0, 0, 0]).body.text).to.contain('Nothing here');
    expect(columns([]).body.text).to.contain('Nothing here');
    expect(columns([0, 1]).body.text).to.not.contain('Nothing here');
  });

  it('labels as many columns as have room', () => {
    const values = Array.from({ length: 24 }, (_, at) => at);
    expect(count(columns(values, 900), `y="194"`)).to.equal(24);
    expect(count(columns(values, 300), `y="194"`)).to.be.within(6, 12);
  });

  it('writes no NaN, whatever the values', () => {
    for (const values of [[], [null], [0], [-5, 5], [1e300, 1], [1e-300]]) {
      expect(columns(values).body.text).to.not.match(/NaN|Infinity|undefined/);
    }
  });

  it('draws the same chart from the same values', () => {
    expect(columns([3, 1, 2])).to.deep.equal(columns([3, 1, 2]));
  });
});

describe('the labels of a column chart', () => {
  it('never overlap, also the last one, which moves left of the right edge', () => {
    for (const count of [8, 31, 62, 122]) {
      for (const main of [0, count - 1]) {
        const label = '2035-12';
        const all = Array.from({ length: count }, (_, at) => ({ label, value: at, detail: '', isMain: at === main }));
        const empty = '';
        const { body } = columnChart({ columns: all, width: 300, height: 200, summary: '', figures: 'main', empty });
        const middles = [...body.text.matchAll(/x="([\d.]+)"[^>]*>2035-12</g)].map(([, x]) => Number(x));
        const gaps = middles.slice(1).map((x, at) => x - (middles[at] ?? 0));
        expect(Math.min(...gaps), `${count}, ${main}`).to.be.above(textWidth(label, 12));
        expect(middles.length).to.be.above(1);
      }
    }
  });
});

describe('ranked-bars', () => {
  const rows = [
    { name: 'checkout', value: 1_204_332, change: compareFigures(86, 100) },
    { name: 'x'.repeat(128), value: 1, change: compareFigures(1, null) },
  ];

  it('draws each row with its figure and its change', () => {
    const { text } = rankedBars({ rows, width: 480, summary: '' }).body;
    expect(text).to.contain('>checkout</text>').and.contain('>1,204,332</text>');
    expect(text).to.match(/class="fell"[^>]*>▼.14.%</);
  });

  it('draws a note in place of a change', () => {
    const { text } = rankedBars({ rows: [{ name: 'checkout', value: 3, note: '42 %' }], width: 480, summary: '' }).body;
    expect(text).to.match(/class="label"[^>]*>42 %</);
  });

  it('shortens a long name, and keeps it whole in the title', () => {
    for (const width of [300, 480]) {
      const { text } = rankedBars({ rows, width, summary: '' }).body;
      expect(text).to.match(/>x+…x+<title>x{128}<\/title>/);
    }
  });

  it('holds no markup of a name', () => {
    const chart = rankedBars({ rows: [{ name: HOSTILE, value: 1 }], width: 480, summary: HOSTILE });
    expect(inlineSvg(chart, 'narrow').text).to.not.match(/<script|<img/);
  });
});

describe('sparkline', () => {
  it('has a gap where a value is not known', () => {
    const { text } = sparkline({ values: [1, 2, null, 4, 5], width: 200, height: 40, summary: '' }).body;
    expect(text.match(/class="curve" d="([^"]*)"/)?.[1]?.match(/M/g)).to.have.length(2);
    expect(text).to.contain('<circle');
  });

  it('draws nothing of nothing', () => {
    for (const values of [[], [null, null]]) {
      const { text } = sparkline({ values, width: 200, height: 40, summary: '' }).body;
      expect(text).to.not.match(/NaN|undefined|<circle/);
    }
  });
});

describe('text-width', () => {
  it('keeps a text that fits', () => {
    expect(fitText('checkout', 14, 200)).to.equal('checkout');
  });

  it('leaves out the middle of a longer one, and never exceeds the width', () => {
    for (const width of [40, 80, 120, 200]) {
      const fitted = fitText('checkout.card.declined.by.the.bank', 14, width);
      expect(fitted).to.match(/^c.*…/);
      expect(textWidth(fitted, 14)).to.be.at.most(width);
    }
    expect(fitText('checkout', 14, 5)).to.equal('…');
  });
});
