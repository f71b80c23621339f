import { expect } from 'chai';
import { type FilteredMessage, readTopicPolicy, type TopicAttribute } from './topic-policy.ts';

const ofText = (StringValue: string): TopicAttribute => ({ DataType: 'String', StringValue });
const ofNumber = (StringValue: string): TopicAttribute => ({ DataType: 'Number', StringValue });
const ofList = (value: unknown): TopicAttribute => ({ DataType: 'String.Array', StringValue: JSON.stringify(value) });
const BYTES: TopicAttribute = { DataType: 'Binary', BinaryValue: 'eA==' };

type Attributes = Readonly<Record<string, TopicAttribute>>;
type Row = readonly [policy: object, matching: readonly Attributes[], others: readonly Attributes[]];

const ATTRIBUTES: Readonly<Record<string, readonly Row[]>> = {
  'compares texts and numbers by their types': [
    [{ a: ['x'] }, [{ a: ofText('x') }, { a: { ...ofText('x'), DataType: 'String.color' } }], [{ a: ofText('X') }, {}]],
    [{ a: ['1'] }, [{ a: ofText('1') }], [{ a: ofNumber('1') }]],
    [{ a: [1] }, [{ a: ofNumber('1') }, { a: ofNumber('1.0') }], [{ a: ofText('1') }, { a: ofNumber('2') }]],
    [{ a: ['true'] }, [{ a: ofText('true') }], [{ a: ofList([true]) }]],
  ],
  'looks into arrays, and at the types in them': [
    [{ a: ['x'] }, [{ a: ofList(['y', 'x']) }], [{ a: ofList(['y']) }, { a: ofList([]) }, { a: ofList('x') }]],
    [
      { a: [true, null] },
      [{ a: ofList([true]) }, { a: ofList([null]) }],
      [{ a: ofList(['true']) }, { a: ofText('true') }],
    ],
    [{ a: [{ 'anything-but': ['x'] }] }, [{ a: ofList(['x', 'y']) }], [{ a: ofList(['x']) }, { b: ofText('y') }]],
  ],
  'knows exists: not of a message without attributes, nor of an empty value': [
    [
      { a: [{ exists: true }] },
      [{ a: ofText('x') }, { a: ofList([0]) }],
      [{ a: ofText('') }, { a: ofList([null]) }, {}],
    ],
    [{ a: [{ exists: false }] }, [{ b: ofText('x') }], [{ a: ofText('x') }, {}]],
  ],
  'sees no bytes': [[{ a: [{ exists: true }] }, [], [{ a: BYTES }]]],
  'knows numeric, wildcard, cidr and $or': [
    [{ a: [{ numeric: ['=', 301.5] }] }, [{ a: ofNumber('3.015e2') }], [{ a: ofText('301.5') }]],
    [{ a: [{ wildcard: 'a*.png' }] }, [{ a: ofText('a.png') }, { a: ofText('ab\nc.png') }], [{ a: ofText('a-png') }]],
    [{ a: [{ 'anything-but': { wildcard: '*x*' } }] }, [{ a: ofText('y') }], [{ a: ofText('axa') }]],
    [
      { a: [{ cidr: '10.0.0.0/24' }] },
      [{ a: ofText('10.0.0.255') }],
      [{ a: ofText('10.0.1.0') }, { a: ofText('::1') }],
    ],
    [{ a: [{ cidr: '2001:db8::/32' }] }, [{ a: ofText('2001:db8::1') }], [{ a: ofText('2001:db9::1') }]],
    [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, [{ b: ofText('y') }], [{ a: ofText('y') }]],
  ],
};

const BODIES: readonly (readonly [policy: object, matching: readonly string[], others: readonly string[]])[] = [
  [{ a: { b: ['x'] } }, ['{"a":{"b":"x"}}', '{"a":[{"b":"x"}]}'], ['{"a":"x"}', '{"a.b":"x"}', 'x', '[]', 'null']],
  [{ a: [true] }, ['{"a":true}', '{"a":[1,true]}'], ['{"a":"true"}']],
  [{ a: [300] }, ['{"a":300}', '{"a":3.0e2}'], ['{"a":"300"}']],
  [{ a: [{ exists: false }] }, ['{}', '{"b":1}'], ['{"a":1}', 'no JSON']],
  [{ a: [{ exists: true }] }, ['{"a":0}'], ['{"a":null}', '{"a":""}', '{"a":{"b":1}}']],
];

const DEEP = { a: { b: { c: [1, 2, 3, 4] } }, d: { e: [1, 2, 3] }, f: [1, 2, 3] };
const REFUSED: readonly (readonly [policy: unknown, problem: RegExp, scope?: string])[] = [
  [{ a: 'x' }, /"a" takes an array or an object/],
  [{ a: [] }, /not empty/],
  [{ a: [{ like: 'x' }] }, /"like" is no operator of SNS' filter policies/],
  [{ a: { b: ['x'] } }, /no nested keys/],
  [{ a: [{ numeric: ['<', 2e9] }] }, /between -1e9 and 1e9/],
  [{ a: [{ wildcard: '*a*b*c*' }] }, /at most 3 asterisks/],
  [{ a: [{ cidr: '10.0.0.0/33' }] }, /range of addresses/],
  [Object.fromEntries([...'abcdef'].map((key) => [key, ['x']])), /at most 5 keys/],
  [{ a: Array(13).fill('x'), b: Array(12).fill('x') }, /at most 150 combinations of values, and not 156/],
  [DEEP, /not 216/, 'MessageBody'],
  [{ a: ['x'] }, /MessageAttributes or MessageBody, and not Message/, 'Message'],
  ['x', /takes an object/],
];

describe('a filter policy of a topic', () => {
  for (const [what, rows] of Object.entries(ATTRIBUTES)) {
    it(what, () => {
      for (const [policy, matching, others] of rows) {
        const wants = readTopicPolicy(policy);
        const of = (attributes: Attributes): FilteredMessage => ({ text: '{"a":"x"}', attributes });
        for (const one of matching) expect(wants(of(one)), JSON.stringify([policy, one])).to.equal(true);
        for (const one of others) expect(wants(of(one)), JSON.stringify([policy, one])).to.equal(false);
      }
    });
  }

  it('reads the body where its scope says so, nested as it is', () => {
    for (const [policy, matching, others] of BODIES) {
      const wants = readTopicPolicy(policy, 'MessageBody');
      const of = (body: string): FilteredMessage => ({ text: body, attributes: { a: ofText('x') } });
      for (const body of matching) expect(wants(of(body)), JSON.stringify([policy, body])).to.equal(true);
      for (const body of others) expect(wants(of(body)), JSON.stringify([policy, body])).to.equal(false);
    }
  });

  it('wants everything where it is empty', () => {
    expect(readTopicPolicy({})({ text: 'x', attributes: {} })).to.equal(true);
  });

  for (const [policy, problem, scope] of REFUSED) {
    it(`is refused: ${problem.source}`, () => {
      expect(() => readTopicPolicy(policy, scope)).to.throw(problem);
    });
  }
});
