import { expect } from 'chai';
import { MAX_NESTING } from '../contract/limits.ts';
import { checkNesting } from './check-nesting.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('checkNesting', () => {
  it('takes the deepest that is allowed and refuses one level more, of arrays or of objects', () => {
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(checkNesting(nested(MAX_NESTING))).to.equal(undefined);
    expect(checkNesting(objects(MAX_NESTING))).to.equal(undefined);
    expect(checkNesting(nested(MAX_NESTING + 1))).to.include({ ok: false, reason: 'shape', pointer: '' });
    expect(checkNesting(objects(MAX_NESTING + 1))).to.include({ ok: false, reason: 'shape', pointer: '' });
  });

  it('counts neither brackets in strings nor those that are closed again', () => {
    const brackets = '['.repeat(MAX_NESTING * 2);
    expect(checkNesting(`{"a\\"${brackets}":"${brackets}\\\\","b":{}}`)).to.equal(undefined);
    expect(
      checkNesting(
        `[${Array(MAX_NESTING * 2)
          .fill('[{}]')
          .join()}]`,
      ),
    ).to.equal(undefined);
    expect(checkNesting(`{"a":"\\\\","b":${nested(MAX_NESTING)}}`)).to.not.equal(undefined);
  });

  it('does not run out of stack, however long a string or deep the text', () => {
    expect(checkNesting(nested(500_000))).to.not.equal(undefined);
    expect(checkNesting(`["${'[\\"x'.repeat(200_000)}"]`)).to.equal(undefined);
  });
});
