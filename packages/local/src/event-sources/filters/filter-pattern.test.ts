import { expect } from 'chai';
import fc from 'fast-check';
import { readFilterPattern } from './filter-pattern.ts';
import { type JsonValue, parseJsonValue, toJsonValue } from './json-value.ts';

const matches = (pattern: unknown, value: object | string): boolean =>
  readFilterPattern(pattern)(typeof value === 'string' ? (parseJsonValue(value) as JsonValue) : toJsonValue(value));

/** A pattern, what it matches, and what it does not match. */
type Row = readonly [pattern: object, matching: readonly (object | string)[], others: readonly (object | string)[]];

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'compares texts to the letter': [
    [{ a: ['x'] }, [{ a: 'x' }, { a: 'x', b: 1 }], [{ a: 'X' }, { a: 'xx' }, { a: '' }, {}, { b: 'x' }]],
    [{ a: [''] }, [{ a: '' }], [{ a: null }, {}, { a: ' ' }]],
    [{ a: ['x', 'y'] }, [{ a: 'x' }, { a: 'y' }], [{ a: 'z' }]],
  ],
  'compares true, false and null with themselves alone': [
    [{ a: [true] }, [{ a: true }], [{ a: 'true' }, { a: false }]],
    [{ a: [null] }, [{ a: null }], [{}, { a: 'null' }, { a: {} }]],
  ],
  'compares numbers by their text': [
    [{ a: [300] }, ['{"a":300}'], ['{"a":300.0}', '{"a":3.0e2}', '{"a":"300"}', '{"a":301}']],
    [{ a: [0.5] }, ['{"a":0.5}'], ['{"a":0.50}']],
  ],
  'asks for all keys': [[{ a: ['x'], b: ['y'] }, [{ a: 'x', b: 'y' }], [{ a: 'x' }, { a: 'x', b: 'z' }]]],
  'follows nested keys': [
    [{ a: { b: { c: ['x'] } } }, [{ a: { b: { c: 'x' } } }], [{ a: { b: 'x' } }, { a: { c: 'x' } }, { 'a.b.c': 'x' }]],
  ],
  'knows prefix and suffix': [
    [{ a: [{ prefix: 'eu-' }] }, [{ a: 'eu-west' }, { a: 'eu-' }], [{ a: 'EU-west' }, { a: 'e' }, {}, { a: 1 }]],
    [{ a: [{ suffix: '.png' }] }, [{ a: '.png' }, { a: 'b.png' }], [{ a: 'b.PNG' }, { a: 'png' }]],
    [{ a: [{ prefix: { 'equals-ignore-case': 'Eu' } }] }, [{ a: 'EU-west' }], [{ a: 'us' }]],
    [{ a: [{ suffix: { 'equals-ignore-case': '.Png' } }] }, [{ a: 'b.PNG' }], [{ a: 'b.gif' }]],
  ],
  'knows equals-ignore-case': [
    [{ a: [{ 'equals-ignore-case': 'aBc' }] }, [{ a: 'AbC' }], [{ a: 'abcd' }, { a: 1 }, {}]],
  ],
  'knows exists, for leaves only': [
    [
      { a: [{ exists: true }] },
      [{ a: 0 }, { a: null }, { a: '' }, { a: [1] }],
      [{}, { a: {} }, { a: { b: 1 } }, { a: [] }],
    ],
    [{ a: [{ exists: false }] }, [{}, { b: 1 }, { a: { b: 1 } }], [{ a: null }, { a: 1 }, { a: [1] }]],
    [{ a: { b: [{ exists: false }] } }, [{}, { a: 1 }, { a: {} }, { a: [] }], [{ a: { b: 1 } }, { a: [{ b: 1 }, {}] }]],
    [{ a: ['x', { exists: false }] }, [{}, { a: 'x' }], [{ a: 'y' }]],
  ],
  'knows numeric': [
    [{ a: [{ numeric: ['=', 300] }] }, ['{"a":300}', '{"a":300.0}', '{"a":3e2}'], [{ a: '300' }, { a: 301 }, {}]],
    [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, [{ a: 0.1 }, { a: 5 }], [{ a: 0 }, { a: 5.1 }, { a: null }]],
    [{ a: [{ numeric: ['<', -1] }] }, [{ a: -2 }], [{ a: -1 }, { a: true }]],
  ],
  'knows anything-but, which a missing key never matches': [
    [{ a: [{ 'anything-but': 'x' }] }, [{ a: 'y' }, { a: 1 }, { a: null }], [{ a: 'x' }, {}, { a: {} }]],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, [{ a: 'z' }], [{ a: 'x' }, { a: 'y' }]],
    [{ a: [{ 'anything-but': [1, 2] }] }, [{ a: 3 }, { a: '1' }], [{ a: 1 }, { a: 2 }]],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, [{ a: 'ax' }, { a: 1 }], [{ a: 'xa' }, {}]],
    [{ a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, [{ a: 'z' }], [{ a: 'xa' }, { a: 'ya' }]],
    [{ a: [{ 'anything-but': { suffix: 'x' } }] }, [{ a: 'xa' }], [{ a: 'ax' }]],
    [{ a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] }, [{ a: 'z' }], [{ a: 'X' }, { a: 'Y' }]],
  ],
  'knows $or, at every level': [
    [{ $or: [{ a: ['x'] }, { b: [{ exists: true }] }] }, [{ a: 'x' }, { b: 1 }], [{ a: 'y' }, {}]],
    [{ c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, [{ c: 'z', b: 'y' }], [{ b: 'y' }, { c: 'z' }]],
    [{ a: { $or: [{ b: ['x'] }, { c: ['y'] }] } }, [{ a: { c: 'y' } }], [{ c: 'y' }]],
    [{ $or: [{ a: ['x'], b: ['y'] }, { c: ['z'] }] }, [{ a: 'x', b: 'y' }, { c: 'z' }], [{ a: 'x' }]],
  ],
  'looks for one element of an array that matches all': [
    [{ a: ['x'] }, [{ a: ['y', 'x'] }, { a: [['x']] }], [{ a: ['y'] }, { a: [] }]],
    [{ a: { b: ['x'], c: ['y'] } }, [{ a: [{}, { b: 'x', c: 'y' }] }], [{ a: [{ b: 'x' }, { c: 'y' }] }]],
    [{ a: [{ 'anything-but': 'x' }] }, [{ a: ['x', 'y'] }], [{ a: ['x'] }]],
  ],
  "takes no key from an object's prototype": [
    [{ constructor: { name: ['Object'] } }, [{ constructor: { name: 'Object' } }], [{}]],
    [{ toString: [{ exists: false }] }, [{}], [{ toString: 'x' }]],
  ],
};

const REFUSED: readonly (readonly [pattern: unknown, problem: RegExp])[] = [
  ['x', /^The pattern takes an object$/],
  [[], /^The pattern takes an object$/],
  [null, /^The pattern takes an object$/],
  [{}, /^The pattern is empty$/],
  [{ a: {} }, /^"a" is empty$/],
  [{ a: [] }, /^"a" takes an array that is not empty$/],
  [{ a: 'x' }, /^"a" takes an array or an object$/],
  [{ a: { b: 1 } }, /^"a.b" takes an array or an object$/],
  [{ a: [['x']] }, /^"a" is wrong: A condition is a text, a number/],
  [{ a: [{}] }, /^"a" is wrong: A condition has exactly one operator$/],
  [{ a: [{ prefix: 'x', suffix: 'y' }] }, /exactly one operator/],
  [{ a: [{ contains: 'x' }] }, /"contains" is no operator/],
  [{ a: [{ wildcard: '*' }] }, /"wildcard" is no operator/],
  [{ a: [{ prefix: 1 }] }, /"prefix" takes a text/],
  [{ a: [{ prefix: { suffix: 'x' } }] }, /"prefix" takes a text, or/],
  [{ a: [{ suffix: null }] }, /"suffix" takes a text/],
  [{ a: [{ 'equals-ignore-case': ['x'] }] }, /"equals-ignore-case" takes a text/],
  [{ a: [{ exists: 'true' }] }, /"exists" takes true or false/],
  [{ a: [{ numeric: 5 }] }, /"numeric" takes a comparison and a number/],
  [{ a: [{ numeric: ['>'] }] }, /"numeric" takes/],
  [{ a: [{ numeric: ['!=', 5] }] }, /"numeric" takes/],
  [{ a: [{ numeric: ['>', '5'] }] }, /"numeric" takes/],
  [{ a: [{ numeric: ['>', 5, '<', 5] }] }, /a lower bound, and then a greater upper bound/],
  [{ a: [{ numeric: ['<', 5, '>', 1] }] }, /a lower bound, and then/],
  [{ a: [{ numeric: ['=', 5, '<', 7] }] }, /a lower bound, and then/],
  [{ a: [{ numeric: ['<', 6e9] }] }, /between -5e9 and 5e9/],
  [{ a: [{ 'anything-but': [] }] }, /"anything-but" takes a list that is not empty/],
  [{ a: [{ 'anything-but': ['x', 1] }] }, /texts only, or numbers only/],
  [{ a: [{ 'anything-but': null }] }, /"anything-but" takes texts only|A condition/],
  [{ a: [{ 'anything-but': { numeric: ['=', 1] } }] }, /"anything-but" takes no "numeric"/],
  [{ a: [{ 'anything-but': { prefix: '' } }] }, /no empty text/],
  [{ $or: [{ a: ['x'] }] }, /^"\$or" takes an array of two patterns or more$/],
  [{ $or: { a: ['x'] } }, /^"\$or" takes an array/],
  [{ a: { $or: [{ b: ['x'] }, { c: 'x' }] } }, /^"a.\$or.c" takes/],
  [{ a: ['x'.repeat(5000)] }, /at most 4096 characters/],
];

describe('a filter pattern', () => {
  for (const [behaviour, rows] of Object.entries(TABLE)) {
    it(behaviour, () => {
      for (const [pattern, matching, others] of rows) {
        for (const value of matching) expect(matches(pattern, value), told(pattern, value)).to.equal(true);
        for (const value of others) expect(matches(pattern, value), told(pattern, value)).to.equal(false);
      }
    });
  }

  for (const [pattern, problem] of REFUSED) {
    it(`is refused: ${JSON.stringify(pattern).slice(0, 60)}`, () => {
      expect(() => readFilterPattern(pattern)).to.throw(problem);
    });
  }
});

describe('every filter pattern', () => {
  const leaf = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constant(null));
  const key = fc.constantFrom('a', 'b', 'c');
  const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
    object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf, { maxLength: 3 }), tie('object')),
  }));

  it('made of the leaves of a value matches that value, and all that have more', () => {
    fc.assert(
      fc.property(object, object, (value, more) => {
        const pattern = patternOf(value);
        fc.pre(pattern !== undefined);
        expect(matches(pattern, value)).to.equal(true);
        expect(matches(pattern, { ...more, ...value })).to.equal(true);
      }),
    );
  });

  it('of one condition is the opposite of its negation wherever there is one leaf', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2 }), leaf, (text, value) => {
        fc.pre(text !== '');
        const pairs = [
          [text, text],
          [{ prefix: text }, { prefix: text }],
          [{ suffix: text }, { suffix: text }],
          [{ 'equals-ignore-case': text }, { 'equals-ignore-case': text }],
        ];
        for (const [condition, negated] of pairs) {
          const holds = matches({ a: [condition] }, { a: value });
          expect(matches({ a: [{ 'anything-but': negated }] }, { a: value })).to.equal(!holds);
        }
      }),
    );
  });

  it('finds a key either present or absent', () => {
    fc.assert(
      fc.property(object, (value) => {
        const present = matches({ a: [{ exists: true }] }, value);
        expect(matches({ a: [{ exists: false }] }, value)).to.equal(!present);
      }),
    );
  });

  it('with $or matches what one of its alternatives matches', () => {
    fc.assert(
      fc.property(leaf, leaf, object, (one, other, value) => {
        const alternatives = [{ a: [one] }, { b: [other] }];
        const expected = alternatives.some((alternative) => matches(alternative, value));
        expect(matches({ $or: alternatives }, value)).to.equal(expected);
      }),
    );
  });

  it('of numbers holds as the comparison does', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (low, high, value) => {
        fc.pre(low < high);
        const held = value > low && value <= high;
        expect(matches({ a: [{ numeric: ['>', low, '<=', high] }] }, { a: value })).to.equal(held);
      }),
    );
  });

  it('matches an array when it matches one of its elements, if it asks for no absence', () => {
    fc.assert(
      fc.property(object, fc.array(object, { maxLength: 4 }), (wanted, elements) => {
        const pattern = patternOf(wanted);
        fc.pre(pattern !== undefined);
        const expected = elements.some((element) => matches({ list: pattern }, { list: element }));
        expect(matches({ list: pattern }, { list: elements })).to.equal(expected);
      }),
    );
  });

  it('is read, or refused with a sentence, whatever its content is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (pattern, value) => {
        try {
          expect(readFilterPattern(pattern)(toJsonValue({ value }))).to.be.a('boolean');
        } catch (error) {
          expect((error as Error).message).to.match(/^(The pattern|"|A filter)/);
        }
      }),
    );
  });
});

/** Each leaf as the only condition of its key; undefined if there is none. */
function patternOf(value: unknown): object | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : [value.at(-1)];
  if (typeof value !== 'object' || value === null) return [value];
  const keys = Object.entries(value).flatMap(([key, inner]) => {
    const pattern = patternOf(inner);
    return pattern === undefined ? [] : [[key, pattern] as const];
  });
  return keys.length === 0 ? undefined : Object.fromEntries(keys);
}

function told(pattern: object, value: object | string): string {
  return `${JSON.stringify(pattern)} for ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
