import { expect } from 'chai';
import fc from 'fast-check';
import { checkAvatarRequest } from '../../avatars/avatar-request-schema.ts';
import { checkProfile } from '../../users/profile/check-profile.ts';
import { type Checked, createCheck } from './check-value.ts';

const check = createCheck(
  {
    type: 'object',
    properties: {
      text: { type: 'string', minLength: 2, maxLength: 3 },
      long: { type: 'string', minLength: 2 },
      word: { type: 'string', pattern: '^a+$' },
      kind: { enum: ['a', 'b'] },
      only: { enum: ['a'] },
      list: { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, items: { type: ['integer', 'null'] } },
      size: { type: 'number', maximum: 5 },
      at: { type: 'string', format: 'date-time' },
      on: { type: 'boolean' },
    },
  },
  { '^a+$': 'must be made of the letter a' },
);

const detailsOf = (checked: Checked<unknown>) =>
  checked.kind === 'valid' ? [] : checked.faults.map(({ detail }) => detail);

describe('a value that its schema refuses', () => {
  for (const [value, sentence] of [
    [1, 'must be an object'],
    [{ text: 1 }, 'must be a string'],
    [{ text: 'a' }, 'must have 2 to 3 characters'],
    [{ long: 'a' }, 'must have at least 2 characters'],
    [{ word: 'b' }, 'must be made of the letter a'],
    [{ kind: 'c' }, 'must be one of a, b'],
    [{ only: 'c' }, 'must be a'],
    [{ list: [] }, 'must have 1 to 2 elements'],
    [{ list: [1, 1] }, 'must have no element twice'],
    [{ list: ['a'] }, 'must be an integer or null'],
    [{ size: 6 }, 'must be at most 5'],
    [{ at: 'soon' }, 'must be an RFC 3339 time, such as 2030-01-01T00:00:00Z'],
    [{ on: 1 }, 'must be true or false'],
  ] as const) {
    it(`${JSON.stringify(value)} ${sentence}`, () => {
      expect(detailsOf(check(value))).to.deep.equal([sentence]);
    });
  }

  it('gets one of our sentences, for every fault', () => {
    const value = fc.dictionary(
      fc.constantFrom('name', 'email', 'attributes', 'contentType', 'size', 'other'),
      fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.string({ minLength: 300, maxLength: 400 }),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
      ),
    );
    const sentence = /^(is missing|is not a known field|must (be|have) .*|the profile has .*)$/;
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (given) => {
        for (const detail of [...detailsOf(checkProfile(given)), ...detailsOf(checkAvatarRequest(given))]) {
          expect(detail).to.match(sentence);
        }
      }),
    );
  });
});
