import { expect } from 'chai';
import { matchesAction } from './matches-action.ts';

describe('the actions of a rule', () => {
  for (const [pattern, action, matches] of [
    ['checkout', 'checkout', true],
    ['checkout', 'checkout.paid', false],
    ['checkout.*', 'checkout.paid', true],
    ['checkout.*', 'checkout', false],
    ['*', 'anything', true],
  ] as const) {
    it(`${matches ? 'include' : 'leave out'} ${action} for ${pattern}`, () => {
      expect(matchesAction(pattern, action)).to.equal(matches);
    });
  }
});
