import { expect } from 'chai';
import { chooseEngine } from './engine-name.ts';

describe('the engine of the tables', () => {
  for (const [asked, hasDynoxide, engine] of [
    [undefined, true, 'dynoxide'],
    ['', true, 'dynoxide'],
    [undefined, false, 'dynamodb-local'],
    ['dynamodb-local', true, 'dynamodb-local'],
    ['dynamodb-local', false, 'dynamodb-local'],
    ['dynoxide', true, 'dynoxide'],
  ] as const) {
    it(`is ${engine} where ${asked || 'nothing'} is asked for and dynoxide is ${hasDynoxide ? '' : 'not '}installed`, () => {
      expect(chooseEngine(asked, hasDynoxide)).to.equal(engine);
    });
  }

  it('is none that nobody knows, and the error names those that there are', () => {
    expect(() => chooseEngine('java', true)).to.throw(
      'WEIR_DYNAMODB_ENGINE is "java": it can be dynoxide or dynamodb-local',
    );
  });

  it('is not dynoxide on a system for which there is none', () => {
    expect(() => chooseEngine('dynoxide', false)).to.throw(/not installed for .*Java 17.*=dynamodb-local/);
  });
});
