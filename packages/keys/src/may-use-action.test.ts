import { expect } from 'chai';
import { mayUseAction } from './may-use-action.ts';

describe('the actions of a key', () => {
  const cases: readonly [prefixes: readonly string[] | undefined, action: string, allowed: boolean][] = [
    [undefined, '__other__', true],
    [['checkout.'], 'checkout.paid', true],
    [['view.', 'checkout.'], 'checkout.paid', true],
    [['checkout.'], 'checkout', false],
    [['_'], '__other__', false],
    [[], 'checkout', false],
  ];
  for (const [actionPrefixes, action, allowed] of cases) {
    it(`${allowed ? 'have' : 'lack'} ${action} with ${JSON.stringify(actionPrefixes)}`, () => {
      expect(mayUseAction({ actionPrefixes }, action)).to.equal(allowed);
    });
  }
});
