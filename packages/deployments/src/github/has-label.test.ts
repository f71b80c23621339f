import { expect } from 'chai';
import { hasLabel } from './has-label.ts';

describe('the labels of a pull request', () => {
  for (const [labels, isThere] of [
    [['docs', 'no-preview'], true],
    [['No-Preview'], true],
    [['docs', 'no-previews', 'no'], false],
    [[], false],
  ] as const) {
    it(`${JSON.stringify(labels)} ${isThere ? 'have' : 'lack'} no-preview`, () => {
      expect(hasLabel(labels, 'no-preview')).to.equal(isThere);
    });
  }
});
