import { expect } from 'chai';
import { type AllTimeRow, decodeAllTimeRow, encodeAllTimeRow, mergeAllTime } from './all-time-row.ts';

const ROW: AllTimeRow = { count: 3, first: 1_768_480_130_000, last: 1_768_480_199_900 };

describe('all-time row', () => {
  it('keeps the bytes it had when this format was made', () => {
    expect(Buffer.from(encodeAllTimeRow(ROW)).toString('hex')).to.equal(
      '000000000000084000003d141abc794200c04d251abc7942',
    );
  });

  it('comes back from its bytes, wherever these stand in their buffer', () => {
    const bytes = Buffer.concat([Buffer.of(1, 2, 3), encodeAllTimeRow(ROW)]).subarray(3);
    expect(decodeAllTimeRow(bytes)).to.deep.equal(ROW);
  });

  it('adds counts, and takes the earlier first and the later last', () => {
    expect(mergeAllTime(undefined, ROW)).to.deep.equal(ROW);
    expect(mergeAllTime(ROW, { count: 2, first: 5, last: 6 })).to.deep.equal({ count: 5, first: 5, last: ROW.last });
  });
});
