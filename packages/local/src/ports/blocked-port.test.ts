import { expect } from 'chai';
import { blockedPort, blockedPortProblem } from './blocked-port.ts';

describe('blockedPort', () => {
  it('finds a port that an offset moves to a number which nothing calls', () => {
    expect(blockedPort(2_000)).to.equal(6_566);
    expect(blockedPort(3_000)).to.equal(6_000);
    expect(blockedPort(7_070)).to.equal(10_080);
    for (const offset of [0, 100, 2_400, 60_000]) expect(blockedPort(offset), String(offset)).to.equal(undefined);
  });

  it('knows the ports that fetch refuses', async () => {
    const refused = await fetch('http://127.0.0.1:6566').catch((error: Error) => String(error.cause));
    expect(refused).to.match(/bad port/);
    expect(blockedPortProblem(2_000, 6_566)).to.match(/2000 .* 6566.*choose another offset, for example 2200\.$/);
  });
});
