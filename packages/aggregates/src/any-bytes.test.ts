import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from './bytes/byte-reader.ts';
import { CorruptBytesError, TruncatedBytesError, UnknownFormatError } from './bytes/codec-errors.ts';
import { readNumber } from './bytes/number-codec.ts';
import { readActivity } from './log-entry/activity-codec.ts';
import { readCountedIds } from './log-entry/counted-ids.ts';
import { decodeEntryHeader } from './log-entry/log-entry.ts';
import { readPosition } from './log-entry/position-codec.ts';
import { decodeAllTimeRow } from './rows/all-time-row.ts';
import { DDSketch } from './sketches/ddsketch.ts';
import { HyperLogLog } from './sketches/hyper-log-log.ts';
import { DECODERS } from './testing/decoders.ts';
import { mutatedBytes } from './testing/mutated-bytes.ts';

const NAMED = [CorruptBytesError, TruncatedBytesError, UnknownFormatError];
/** Of CPU, whatever else the machine does: far more than a few hundred bytes need. */
const MAX_CPU_MS = 1000;
const RUNS = 200;
/** The bytes of a count that no array can have. */
const TWO_TO_40 = [0x80, 0x80, 0x80, 0x80, 0x80, 0x20];

/** Runs a decoder; an error without a name of ours is thrown on. */
function decoded<T>(decode: () => T): T | undefined {
  const before = process.cpuUsage();
  try {
    return decode();
  } catch (error) {
    if (!NAMED.some((named) => error instanceof named)) throw error;
    return undefined;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, 'milliseconds of CPU').to.be.below(MAX_CPU_MS);
  }
}

describe('any bytes', () => {
  for (const { name, formats, valid, look, write } of DECODERS) {
    it(`that were ${name} and were changed are decoded, or refused by name`, () => {
      fc.assert(
        fc.property(mutatedBytes(valid), (bytes) => {
          decoded(() => look(bytes));
        }),
        { numRuns: RUNS },
      );
    });

    it(`whatever they are, are decoded as ${name}, or refused by name`, () => {
      const start = fc.constantFrom(...formats);
      fc.assert(
        fc.property(start, fc.uint8Array({ maxLength: 300, size: 'max' }), (first, rest) => {
          decoded(() => look(Uint8Array.of(...first, ...rest)));
        }),
        { numRuns: RUNS },
      );
    });

    if (write) {
      it(`that are decoded as ${name} can be written and decoded again`, () => {
        fc.assert(
          fc.property(mutatedBytes(valid), (bytes) => {
            const again = decoded(() => write(bytes));
            if (again) expect(write(again)).to.deep.equal(again);
          }),
          { numRuns: RUNS },
        );
      });
    }
  }

  const promises: readonly [string, (bytes: Uint8Array) => unknown, readonly number[]][] = [
    ['ids', (bytes) => readCountedIds(new ByteReader(bytes), 0), [...TWO_TO_40, 0]],
    ['pairs of day and action', lookAtActivity, [...lengthOf(TWO_TO_40), ...TWO_TO_40]],
    ['users', lookAtActivity, [...lengthOf([0, ...TWO_TO_40]), 0, ...TWO_TO_40]],
  ];
  for (const [what, look, bytes] of promises) {
    it(`that promise more ${what} than they hold are refused before there is memory for them`, () => {
      expect(() => look(Uint8Array.from(bytes))).to.throw(TruncatedBytesError);
    });
  }

  const refused: readonly [string, RegExp, () => unknown][] = [
    [
      'an integer past 2^53',
      /integer past/,
      () => new ByteReader(Uint8Array.from([...Array(7).fill(255), 16])).varint(),
    ],
    ['an invalid number', /invalid number/, () => readNumber(reader(7, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f))],
    ['a sequence number that shares too much', /shares 25 bytes/, () => readPosition(reader(25))],
    ['a sequence number of 57 digits', /more than 56/, () => readPosition(reader(18, ...Array(6).fill(255), 0))],
    ['a run of no ids', /run of 0 ids/, () => readCountedIds(reader(1, 0, 0, ...Array(8).fill(0)), 9)],
    [
      'a run of more ids than are left',
      /run of 2 ids where 1 are left/,
      () => readCountedIds(reader(1, 0, 2, ...Array(8).fill(0)), 9),
    ],
    ['a flag of an entry that it cannot have', /flags 8/, () => decodeEntryHeader(Uint8Array.of(3, 8))],
    ['a register past the last', /register 2048/, () => HyperLogLog.decode(Uint8Array.of(1, 3, 0, 0))],
    [
      'a rank past the highest',
      /rank 63/,
      () => HyperLogLog.decode(Uint8Array.from([0x81, 8, ...Array(1536).fill(255)])),
    ],
    ['a key that no value has', /key 5000000/, () => DDSketch.decode(Uint8Array.of(1, 0x80, 0xad, 0xe2, 0x04, 0))],
    ['a row of all time with a longer body', /format 25/, () => decodeAllTimeRow(new Uint8Array(25))],
  ];
  for (const [what, message, decode] of refused) {
    it(`with ${what} are refused by name`, () => {
      expect(decode)
        .to.throw(message)
        .that.satisfies((error: unknown) => NAMED.some((named) => error instanceof named));
    });
  }
});

function reader(...bytes: readonly number[]): ByteReader {
  return new ByteReader(Uint8Array.from(bytes));
}

/** The length of a part, written before it. */
function lengthOf(part: readonly number[]): number[] {
  return [part.length];
}

function lookAtActivity(bytes: Uint8Array): unknown {
  return readActivity(new ByteReader(bytes), () => ({ day: 0, actions: [] })).hashes;
}
