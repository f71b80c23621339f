import { expect } from 'chai';
import { counted, destinationInWords, failureInWords } from './given-up-words.ts';

describe('the words for what was given up', () => {
  for (const [reason, words] of [
    ['{"errorType":"TypeError","errorMessage":"no \\"x\\"","trace":["TypeError: no","  at f"]}', 'TypeError: no "x"'],
    ['{"errorType":"TypeError","errorMessage":"no\\nand more","trace":["Typ', 'TypeError: no'],
    ['{"errorMessage":"no"}', 'no'],
    ['{"errorMessage":"cut sho', '{"errorMessage":"cut sho'],
    ['<html>', '<html>'],
  ] as const) {
    it(`are ${words} for ${reason}`, () => {
      expect(failureInWords({ outcome: 'failed', reason })).to.equal(words);
    });
  }

  it('name a destination by its kind, and count', () => {
    expect(
      ['sqs:us-east-1:000000000000:jobs', 'sns:us-east-1:000000000000:alerts', 's3:::archive'].map((end) =>
        destinationInWords(`arn:aws:${end}`),
      ),
    ).to.deep.equal(['the queue jobs', 'the topic alerts', 'the bucket archive']);
    expect([1, 2].map((count) => counted(count, 'record'))).to.deep.equal(['1 record', '2 records']);
  });
});
