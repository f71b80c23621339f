import { expect } from 'chai';
import { intoParts, sparkline } from './sparkline.ts';

describe('a sparkline', () => {
  it('draws the greatest value as a full block and nothing as the lowest', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8])).to.equal('▁▂▃▄▅▆▇██');
  });

  it('is flat where there is nothing', () => {
    expect(sparkline([0, 0, 0])).to.equal('▁▁▁');
    expect(sparkline([])).to.equal('');
  });

  it('adds points up into equal parts and leaves out what lies outside', () => {
    const points = [-1, 0, 4, 5, 9, 10].map((at) => ({ at, value: 1 }));
    expect(intoParts(points, { from: 0, to: 10, width: 2 })).to.deep.equal([2, 2]);
  });
});
