import { expect } from 'chai';
import { isMessageId, makeMessageId, messageTime, timePrefix } from './message-id.ts';

const TIMES = [0, 1, 31, 32, 1_796_000_000_000, 1_796_000_000_001, 2 ** 48 - 1];

describe('the id of a message', () => {
  it('is the same for the same time and source, and for no other', () => {
    expect(makeMessageId(1_796_000_000_000, 'alert.fired f1')).to.equal('msg_01m8mz2a00038wc5hm3n2cjswe');
    const ids = TIMES.flatMap((time) => ['a', 'b', ''].map((source) => makeMessageId(time, source)));
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('sorts by time, and tells it', () => {
    const ids = TIMES.map((time, index) => makeMessageId(time, `${TIMES.length - index}`));
    expect([...ids].sort()).to.deep.equal(ids);
    expect(ids.map(messageTime)).to.deep.equal(TIMES);
    for (const [index, time] of TIMES.entries()) expect((ids[index] ?? '') > timePrefix(time)).to.equal(true);
  });

  it('is known by its form', () => {
    expect(isMessageId(makeMessageId(7, 'x'))).to.equal(true);
    for (const text of ['', 'msg_', timePrefix(7), `${makeMessageId(7, 'x')}0`, makeMessageId(7, 'x').toUpperCase()]) {
      expect(isMessageId(text), text).to.equal(false);
    }
  });
});
