import { expect } from 'chai';
import { compareFigures } from './compare-figures.ts';
import { describeChange, formatChange, formatShare, toneOf } from './format-change.ts';

const SPACE = '\u00a0';

describe('format-change', () => {
  const table: [number | null, number | null, string, string | undefined][] = [
    [114, 100, '▲ 14 %', 'rose 14 % against yesterday'],
    [86, 100, '▼ 14 %', 'fell 14 % against yesterday'],
    [1032, 1000, '▲ 3.2 %', 'rose 3.2 % against yesterday'],
    [1100, 1000, '▲ 10 %', 'rose 10 % against yesterday'],
    [10001, 10000, '±0 %', 'did not change against yesterday'],
    [0, 0, '±0 %', 'did not change against yesterday'],
    [0, 5, '▼ 100 %', 'fell 100 % against yesterday'],
    [1, 100_000, '▼ 99 %', 'fell 99 % against yesterday'],
    [5, 0, '▲ from 0', 'rose from 0 in yesterday'],
    [1200, 100, '▲ ×12', 'rose to 12 times yesterday'],
    [5, null, '–', undefined],
    [null, 5, '–', undefined],
  ];
  for (const [now, before, short, words] of table) {
    it(`writes ${now} after ${before} as ${short}`, () => {
      const change = compareFigures(now, before);
      expect(formatChange(change).replaceAll(SPACE, ' ')).to.equal(short);
      expect(describeChange(change, 'yesterday')?.replaceAll(SPACE, ' ')).to.equal(words);
    });
  }

  it('says of what was never there before that it is new', () => {
    expect(formatChange({ kind: 'new' })).to.equal('new');
    expect(describeChange({ kind: 'new' }, 'the last week')).to.equal('is new: there was none in the last week');
  });

  it('has a tone for what rose or fell', () => {
    const kinds = [compareFigures(2, 1), compareFigures(1, 0), compareFigures(1, 2), compareFigures(1, 1)].map(toneOf);
    expect(kinds).to.deep.equal(['rose', 'rose', 'fell', undefined]);
  });

  it('writes a part of a whole', () => {
    const written = [
      [1, 3],
      [1, 20],
      [1, 10_000],
      [0, 7],
      [999_999, 1_000_000],
      [7, 7],
      [0, 0],
    ].map(([part = 0, whole = 0]) => formatShare(part, whole).replaceAll(SPACE, ' '));
    expect(written).to.deep.equal(['33 %', '5 %', 'under 0.1 %', '0 %', '99 %', '100 %', '–']);
  });
});
