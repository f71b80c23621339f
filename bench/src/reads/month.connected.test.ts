import { expect } from 'chai';
import { measureMonth } from './measure-reads.ts';

describe('a month of another time zone at 16 shards', function () {
  this.timeout(180_000);

  it('costs at most 1,500 read units cold, and 17 requests warm', async () => {
    const [cold, ...warm] = await measureMonth({ quick: true });
    expect(cold).to.include({ what: 'a month', shards: 16, phase: 'cold' });
    expect(cold?.readUnits).to.be.within(1_000, 1_500);
    expect(warm.map(({ requests }) => requests)).to.deep.equal([17, 17]);
  });
});
