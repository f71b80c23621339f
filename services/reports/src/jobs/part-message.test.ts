import { expect } from 'chai';
import { readPartMessage, writePartMessage } from './part-message.ts';

describe('the message of a part', () => {
  it('is read as it was written', () => {
    const message = { jobId: 'summary-01ABC', part: 17 };
    expect(readPartMessage(writePartMessage(message))).to.deep.equal(message);
  });

  for (const text of ['', 'null', '{}', '[]', '{"jobId":"a"}', '{"jobId":1,"part":1}', '{"jobId":"a","part":1.5}']) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      expect(() => readPartMessage(text)).to.throw();
    });
  }
});
