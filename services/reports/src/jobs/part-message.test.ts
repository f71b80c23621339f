import { expect } from 'chai';
import { readPartMessage, writePartMessage } from './part-message.ts';

describe('the message of a part', () => {
  it('is read as it was written', () => {
    const message = { jobId: 'summary-01abc', cut: 'c1', part: 17 };
    expect(readPartMessage(writePartMessage(message))).to.deep.equal(message);
  });

  const nonsense = [
    ...['', 'null', '{}', '[]', '{"jobId":"a"}', '{"jobId":"a","part":1}'],
    ...['{"jobId":1,"cut":"c","part":1}', '{"jobId":"a","cut":"c","part":1.5}'],
  ];
  for (const text of nonsense) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      expect(() => readPartMessage(text)).to.throw();
    });
  }
});
