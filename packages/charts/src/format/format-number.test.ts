import { expect } from 'chai';
import fc from 'fast-check';
import { formatColumn, formatCompact, formatNumber } from './format-number.ts';

describe('format-number', () => {
  const table: [number | null, string, string][] = [
    [null, '–', '–'],
    [Number.NaN, '–', '–'],
    [0, '0', '0'],
    [1, '1', '1'],
    [999, '999', '999'],
    [999.5, '999.5', '1k'],
    [1000, '1,000', '1k'],
    [1204332, '1,204,332', '1.2M'],
    [999950, '999,950', '1M'],
    [99949, '99,949', '99.9k'],
    [123456789, '123,456,789', '123M'],
    [-42195.5, '−42,195.5', '−42.2k'],
    [19.99, '19.99', '19.99'],
    [19.999, '20', '20'],
    [0.5, '0.5', '0.5'],
    [0.00421, '0.00421', '0.00421'],
    [0.0000421, '4.21e-5', '4.21e-5'],
    [-1e-9, '−1e-9', '−1e-9'],
    [999999999999999, '999,999,999,999,999', '1000T'],
    [1e21, '1e+21', '1e+21'],
    [-1.23456e18, '−1.23e+18', '−1.23e+18'],
    [Number.MAX_VALUE, '1.8e+308', '1.8e+308'],
    [Number.MIN_VALUE, '4.94e-324', '4.94e-324'],
  ];
  for (const [value, whole, compact] of table) {
    it(`writes ${value} as ${whole}, and as ${compact} on an axis`, () => {
      expect(formatNumber(value)).to.equal(whole);
      expect(formatCompact(value)).to.equal(compact);
    });
  }

  it('writes a column with as many digits in each figure', () => {
    expect(formatColumn([1204, 3.5, -2, null, 0, 0.00421, 1e21])).to.deep.equal([
      '1,204.00',
      '3.50',
      '−2.00',
      '–',
      '0.00',
      '0.00421',
      '1e+21',
    ]);
    expect(formatColumn([1204, 3, null])).to.deep.equal(['1,204', '3', '–']);
  });

  it('writes each whole number with all its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (value) => {
        const read = formatNumber(value).replaceAll(',', '').replace('−', '-');
        expect(Number(read)).to.equal(value);
      }),
    );
  });

  it('is never long, whatever the figure', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(formatNumber(value).length).to.be.at.most(24);
        expect(formatCompact(value).length).to.be.at.most(11);
      }),
    );
  });
});
