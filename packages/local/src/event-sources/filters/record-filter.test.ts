import { expect } from 'chai';
import { declaredPatterns, readRecordFilter } from './record-filter.ts';

const JSON_PATTERN = { data: { temperature: [{ numeric: ['>', 20] }] } };
const TEXT_PATTERN = { data: ['hot', { prefix: 'very ' }] };
const OTHER_PATTERN = { partitionKey: ['k1'] };

describe('a record filter', () => {
  const delivers = (pattern: object, payload: Buffer | string, partitionKey = 'k1') =>
    readRecordFilter([pattern], 'data')({ fields: { partitionKey }, payload: Buffer.from(payload) });
  const broken = Buffer.from([0xc3, 0x28]);

  // Lambda's table of "properly filtering Kinesis messages": the payload's format against the pattern's.
  for (const [payload, pattern, expected] of [
    ['hot', TEXT_PATTERN, true],
    ['very hot', TEXT_PATTERN, true],
    ['cold', TEXT_PATTERN, false],
    ['hot', OTHER_PATTERN, true],
    ['hot', JSON_PATTERN, false],
    ['{"temperature":21}', TEXT_PATTERN, false],
    ['{"temperature":21}', OTHER_PATTERN, true],
    ['{"temperature":21}', JSON_PATTERN, true],
    ['{"temperature":20}', JSON_PATTERN, false],
    ['[{"temperature":20},{"temperature":21}]', JSON_PATTERN, true],
    [broken, TEXT_PATTERN, false],
    [broken, JSON_PATTERN, false],
    [broken, OTHER_PATTERN, true],
  ] as const) {
    it(`${expected ? 'delivers' : 'drops'} ${payload.toString()} for ${JSON.stringify(pattern)}`, () => {
      expect(delivers(pattern, payload)).to.equal(expected);
    });
  }

  it('decodes the payload for a pattern that stands in $or', () => {
    const pattern = { $or: [JSON_PATTERN, OTHER_PATTERN] };
    expect(delivers(pattern, '{"temperature":21}', 'k2')).to.equal(true);
    expect(delivers(pattern, '{"temperature":1}', 'k2')).to.equal(false);
    expect(delivers(pattern, '{"temperature":1}', 'k1')).to.equal(true);
  });

  it('drops JSON of any depth, and stays alive', () => {
    for (const depth of [1000, 3000, 10_000, 300_000]) {
      for (const [open, close] of [
        ['[', ']'],
        ['{"data":', '}'],
      ] as const) {
        const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
        expect(delivers(JSON_PATTERN, `{"temperature":${deep}}`), `${open} ${depth}`).to.equal(false);
      }
    }
  });

  it('delivers everything without patterns, and what one of several matches', () => {
    const record = { fields: { eventName: 'INSERT' } };
    expect(readRecordFilter([])(record)).to.equal(true);
    expect(readRecordFilter([{ eventName: ['REMOVE'] }])(record)).to.equal(false);
    expect(readRecordFilter([{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }])(record)).to.equal(true);
  });

  it("compares a table's values inside their types", () => {
    const fields = {
      eventName: 'MODIFY',
      dynamodb: { NewImage: { pk: { S: 'log#1' }, n: { N: '5' }, on: { BOOL: true } } },
    };
    const delivered = (image: object) => readRecordFilter([{ dynamodb: { NewImage: image } }])({ fields });
    expect(delivered({ pk: { S: [{ prefix: 'log#' }] } })).to.equal(true);
    expect(delivered({ n: { N: ['5'] }, on: { BOOL: [true] } })).to.equal(true);
    expect(delivered({ n: { N: [{ numeric: ['=', 5] }] } })).to.equal(false);
  });

  it('takes the patterns that are laid over the mapping', () => {
    const laidOver = { Filters: [{ Pattern: '{"a":["x"]}' }] };
    expect(declaredPatterns([{ b: ['y'] }], laidOver)).to.deep.equal([{ a: ['x'] }]);
    expect(declaredPatterns([{ b: ['y'] }], undefined)).to.deep.equal([{ b: ['y'] }]);
    expect(declaredPatterns(undefined, undefined)).to.deep.equal([]);
    expect(() => declaredPatterns([], { Filters: [{ Pattern: '{a}' }] })).to.throw(
      'The Pattern "{a}" of FilterCriteria is not JSON',
    );
  });
});
