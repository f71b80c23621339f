import { expect } from 'chai';
import { offeredProtocols } from './offered-protocols.ts';

describe('the protocols that a client offers', () => {
  const cases: readonly [header: string | undefined, isSpoken: boolean, key: string | undefined][] = [
    ['weir.v1, weir.key.weir_abc-_9', true, 'weir_abc-_9'],
    ['weir.key.k,weir.v1', true, 'k'],
    ['weir.v1', true, undefined],
    ['weir.key.k', false, 'k'],
    ['weir.v2, weir.key.', false, ''],
    ['', false, undefined],
    [undefined, false, undefined],
  ];
  for (const [header, isSpoken, key] of cases) {
    it(`are read from ${JSON.stringify(header)}`, () => {
      expect(offeredProtocols({ 'sec-websocket-protocol': header })).to.deep.equal({ isSpoken, key });
      expect(offeredProtocols({ Host: 'x', 'Sec-WebSocket-Protocol': header })).to.deep.equal({ isSpoken, key });
    });
  }

  it('are none without headers', () => {
    expect(offeredProtocols(undefined)).to.deep.equal({ isSpoken: false, key: undefined });
  });
});
