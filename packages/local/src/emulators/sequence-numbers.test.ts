import { expect } from 'chai';
import fc from 'fast-check';
import { BY_BIG_INT, KINESALITES_OWN, type Sequence, type SequenceNumbers } from './sequence-numbers.ts';

/** The last second that kinesalite takes, and some more. */
const MAX_SECONDS = 16_025_175_010;
const MAX_INDEX = 2n ** 63n - 1n;

const milliseconds = fc.nat({ max: MAX_SECONDS * 1000 });
const sequence: fc.Arbitrary<Sequence> = fc.record(
  {
    shardCreateTime: milliseconds,
    shardIx: fc.nat({ max: 2 ** 31 - 1 }),
    seqIx: fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: MAX_INDEX }).map(String)),
    byte1: fc.constantFrom('00', '7f', 'ff'),
    seqTime: milliseconds,
    seqRand: fc.constantFrom('00000000000000', 'ffffffffffffff'),
    version: fc.constantFrom(0, 1, 2),
  },
  { requiredKeys: ['shardCreateTime'] },
);
const text = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 187n }).map(String),
  fc.bigInt({ min: 2n ** 185n, max: 2n ** 185n + 2n ** 184n }).map((value) => String((value / 16n) * 16n + 2n)),
  fc.constantFrom('', '0', '-1', '+5', ' 7 ', '1e60', 'LATEST', String(2n ** 185n), String(2n ** 185n + 2n ** 184n)),
);

/** What a call gives, or why it fails. */
function outcomeOf<T>(call: () => T): T | string {
  try {
    return call();
  } catch (error) {
    return String(error);
  }
}

describe('sequence numbers of kinesalite, by BigInt', () => {
  it('are written as kinesalite writes them', () => {
    const write = (given: SequenceNumbers, parts: Sequence) => outcomeOf(() => given.stringifySequence({ ...parts }));
    const property = fc.property(sequence, (parts) => {
      expect(write(BY_BIG_INT, parts)).to.equal(write(KINESALITES_OWN, parts));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('are read as kinesalite reads them', () => {
    const read = (given: SequenceNumbers, number: string) => outcomeOf(() => given.parseSequence(number));
    const written = sequence.map((parts) => outcomeOf(() => KINESALITES_OWN.stringifySequence(parts)));
    const property = fc.property(fc.oneof(text, written), (number) => {
      expect(read(BY_BIG_INT, number)).to.deep.equal(read(KINESALITES_OWN, number));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('go with the same hashes of partition keys', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (key) => {
      const [hash, expected] = [BY_BIG_INT, KINESALITES_OWN].map((given) => given.partitionKeyToHashKey(key));
      expect(hash?.comparedTo(String(expected?.toFixed()))).to.equal(0);
      expect(hash?.constructor).to.equal(expected?.constructor);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
