import { expect } from 'chai';
import { measureRows } from './measure-rows.ts';

describe('measureRows', () => {
  it('measures each way to the end: the server without a table answers like a table', async function () {
    this.timeout(30_000);
    const measures = await measureRows({ rounds: 1, warmUps: 0 });
    expect(measures.map(({ requests }) => requests)).to.deep.equal([1_000, 40, 10]);
    for (const { cpuMs } of measures) expect(cpuMs).to.be.above(0);
  });
});
