import { expect } from 'chai';
import type { Schema } from './keywords.ts';
import { type Direction, SchemaBreaks } from './schema-breaks.ts';

function breaks(direction: Direction, base: Schema, head: Schema): readonly string[] {
  return new SchemaBreaks(direction, { base: {}, head: {} }).between('at', { base, head });
}

const TEXT = { type: 'string' };
const object = (properties: Schema, more: Schema = {}) => ({ type: 'object', properties, ...more });

describe('the comparison of schemas', () => {
  /** What is sent under the first must be taken under the second; what is answered, the other way round. */
  const narrower: readonly [string, Schema, Schema, request: RegExp, answer: RegExp][] = [
    [
      'a type',
      { type: ['string', 'null'] },
      TEXT,
      /^at: no longer takes the type null$/,
      /^at: may now be the type null$/,
    ],
    ['an untyped value', {}, TEXT, /takes values of any type/, /be values of any type/],
    ['a number', { type: 'number' }, { type: 'integer' }, /takes the type number/, /be the type number/],
    ['a value', { enum: ['a', 'b'] }, { enum: ['a'] }, /^at: no longer takes "b"$/, /^at: may now be "b"$/],
    ['all other values', TEXT, { type: 'string', enum: ['a'] }, /no longer takes more than "a"/, /be more than "a"/],
    ['a constant', { enum: ['a', 'b'] }, { const: 'a' }, /no longer takes "b"/, /may now be "b"/],
    [
      'a short text',
      TEXT,
      { ...TEXT, minLength: 1 },
      /minLength was not there, and is 1/,
      /minLength was 1, and is not/,
    ],
    [
      'a long text',
      { ...TEXT, maxLength: 9 },
      { ...TEXT, maxLength: 8 },
      /maxLength was 9, and is 8/,
      /was 8, and is 9/,
    ],
    [
      'a small number',
      { type: 'integer', minimum: 0 },
      { type: 'integer', minimum: 1 },
      /minimum was 0/,
      /minimum was 1/,
    ],
    ['a large number', { type: 'number' }, { type: 'number', maximum: 9 }, /maximum was not there/, /maximum was 9/],
    ['a long list', { type: 'array' }, { type: 'array', maxItems: 9 }, /maxItems/, /maxItems/],
    [
      'a text of another form',
      TEXT,
      { ...TEXT, pattern: '^a' },
      /pattern was not there, and is "\^a"/,
      /pattern was "\^a"/,
    ],
    ['what a keyword without a rule says', {}, { not: TEXT }, /not was not there/, /not was \{/],
    [
      'an item',
      { type: 'array', items: {} },
      { type: 'array', items: TEXT },
      /^at\[\]: no longer takes/,
      /^at\[\]: may/,
    ],
    ['an option', { anyOf: [TEXT, { type: 'null' }] }, { anyOf: [TEXT] }, /takes the type null/, /be the type null/],
    [
      'an optional field',
      object({ a: TEXT }),
      object({ a: TEXT }, { required: ['a'] }),
      /at\.a: is now needed/,
      /at\.a: may now be missing/,
    ],
    [
      'a field of another type',
      object({ a: {} }),
      object({ a: TEXT }),
      /^at\.a: no longer takes/,
      /^at\.a: may now be/,
    ],
    [
      'a value of a map',
      { type: 'object', additionalProperties: {} },
      { type: 'object', additionalProperties: TEXT },
      /^at\.\*: no longer/,
      /^at\.\*: may now/,
    ],
  ];
  for (const [what, wide, narrow, request, answer] of narrower) {
    it(`finds ${what} that is no longer taken, or may now be answered`, () => {
      expect(breaks('request', wide, narrow).join('\n')).to.match(request);
      expect(breaks('answer', narrow, wide).join('\n')).to.match(answer);
      expect(breaks('request', narrow, wide), 'what takes more').to.deep.equal([]);
      expect(breaks('answer', wide, narrow), 'what answers less').to.deep.equal([]);
    });
  }

  it('knows that a caller relies on fields of answers, and leaves out those that it does not know', () => {
    const [none, one] = [object({}), object({ a: TEXT }, { required: ['a'] })];
    expect(breaks('answer', one, none)).to.deep.equal(['at.a: is gone']);
    expect(breaks('answer', none, one)).to.deep.equal([]);
    expect(breaks('answer', { ...none, additionalProperties: false }, one)).to.deep.equal([]);
    expect(breaks('answer', { ...none, additionalProperties: { type: 'null' } }, one)).to.match(/^at\.a: may now be/);
  });

  it('knows that a field that goes is ignored, and a new one may have been sent', () => {
    const [none, one] = [object({}), object({ a: TEXT })];
    const closed = { additionalProperties: false };
    expect(breaks('request', one, none)).to.deep.equal(['at.a: is gone']);
    expect(breaks('request', none, one).join()).to.match(/^at\.a: no longer takes .*unknown field\)$/);
    expect(breaks('request', { ...none, ...closed }, { ...one, ...closed })).to.deep.equal([]);
    expect(breaks('request', none, { ...none, ...closed })).to.deep.equal(['at: no longer takes unknown fields']);
    const needed = object({ a: TEXT }, { required: ['a'], ...closed });
    expect(breaks('request', { ...none, ...closed }, needed)).to.deep.equal(['at.a: is now needed']);
  });

  it('follows references, also of a schema that holds itself, and tells a break once by the name', () => {
    const ref = { $ref: '#/components/schemas/Tree' };
    const tree = (leaf: Schema) => ({ Tree: object({ leaf, left: ref, right: ref }) });
    const compare = new SchemaBreaks('answer', { base: tree(TEXT), head: tree({ type: ['string', 'null'] }) });
    expect(compare.between('GET /tree', { base: ref, head: ref })).to.deep.equal([
      'Tree.leaf: may now be the type null',
    ]);
  });

  it('takes for an option the one that it fits best', () => {
    const kind = (name: string, value: Schema) => object({ kind: { const: name }, value }, { required: ['kind'] });
    const [a, b] = [kind('a', TEXT), kind('b', { type: 'integer' })];
    expect(breaks('answer', { anyOf: [a, b] }, { anyOf: [b, a] })).to.deep.equal([]);
    const wider = kind('b', { type: ['integer', 'null'] });
    expect(breaks('answer', { anyOf: [a, b] }, { anyOf: [a, wider] })).to.deep.equal([
      'at.value: may now be the type null',
    ]);
  });

  it('measures the values that a schema lists', () => {
    const listed = { enum: ['ab', 'abc'] };
    expect(breaks('request', listed, { ...TEXT, minLength: 2, maxLength: 3, pattern: '^a' })).to.deep.equal([]);
    expect(breaks('request', listed, { ...TEXT, maxLength: 2 })).to.deep.equal([
      'at: maxLength was not there, and is 2',
    ]);
    expect(breaks('answer', { ...TEXT, maxLength: 3 }, listed)).to.deep.equal([]);
    expect(breaks('answer', { ...TEXT, pattern: '^.b$' }, listed).join()).to.match(/^at: pattern was/);
  });

  it('does not mind what refuses nothing', () => {
    expect(breaks('request', TEXT, { ...TEXT, minLength: 0 })).to.deep.equal([]);
    expect(breaks('request', { type: 'integer' }, { type: ['integer', 'string'], minLength: 1 })).to.deep.equal([]);
    const not = { type: 'string', pattern: 'a' };
    expect(breaks('request', { not }, { not: { pattern: 'a', type: 'string' } })).to.deep.equal([]);
  });

  it('does not mind words for people', () => {
    expect(breaks('request', TEXT, { ...TEXT, title: 'A', description: 'b', examples: ['c'] })).to.deep.equal([]);
  });
});
