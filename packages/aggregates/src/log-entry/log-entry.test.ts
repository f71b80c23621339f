import { expect } from 'chai';
import fc from 'fast-check';
import { TruncatedBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import { arbitraryEvent, BASE_MS, builderOf, deltaOf, plainDelta } from '../testing/arbitrary-events.ts';
import { activityBuilderOf, activityOf, plainActivity } from '../testing/plain-activity.ts';
import { amounts, randomFrom } from '../testing/random.ts';
import { type CountedIds, maxCountedIdsBytes } from './counted-ids.ts';
import {
  decodeEntryHeader,
  decodeLogEntry,
  encodeLogEntry,
  type LogEntry,
  MAX_ENTRY_HEADER_BYTES,
} from './log-entry.ts';

const SEQUENCE = '49543463076548007577105092703039560359975228518395012686';
const NO_IDS: CountedIds = { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() };

function entryOf(parts: Partial<LogEntry>): LogEntry {
  return {
    from: undefined,
    to: { sequenceNumber: SEQUENCE, index: 0 },
    firstArrival: BASE_MS,
    lastArrival: BASE_MS,
    appendedAt: BASE_MS,
    outcomes: { counted: 0, duplicate: 0, other: 0, refused: 0 },
    archive: undefined,
    quarantine: undefined,
    delta: new Map(),
    ids: NO_IDS,
    ...parts,
  };
}

const digits = fc.array(fc.nat(9), { minLength: 56, maxLength: 56 }).map((each) => each.join(''));
const position = fc.record({
  sequenceNumber: fc.oneof(
    digits,
    fc.nat().map((n) => String(n).padStart(56, '0')),
    fc.constantFrom(SEQUENCE, '1', 'TRIM_HORIZON'),
  ),
  index: fc.nat(100_000),
});
const digest = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const word = fc.integer({ min: 0, max: 0xffff_ffff });
const ids = fc
  .array(fc.tuple(word, word, fc.oneof(fc.integer({ min: 1_700_000_000, max: 1_700_000_003 }), word)), {
    maxLength: 150,
    size: 'max',
  })
  .map((each) => ({
    size: each.length,
    hashes: Uint32Array.from(each.flat()),
    arrivals: Uint32Array.from(each.map(([, , arrival]) => arrival)),
  }));
const header = fc.record({
  from: fc.option(position, { nil: undefined }),
  to: position,
  firstArrival: fc.integer({ min: BASE_MS - 1000, max: BASE_MS }),
  lastArrival: fc.integer({ min: BASE_MS, max: BASE_MS + 3_600_000 }),
  appendedAt: fc.integer({ min: BASE_MS - 5000, max: BASE_MS + 86_400_000 }),
  outcomes: fc.record({ counted: fc.nat(), duplicate: fc.nat(), other: fc.nat(), refused: fc.nat() }),
  archive: fc.option(digest, { nil: undefined }),
  quarantine: fc.option(digest, { nil: undefined }),
});

/** Ids as a sorted list: their order is not kept. */
function plainIds({ size, hashes, arrivals }: CountedIds): string[] {
  return Array.from({ length: size }, (_, i) => `${arrivals[i]} ${hashes[2 * i]} ${hashes[2 * i + 1]}`).sort();
}

function headerOf({ ids: _ids, delta: _delta, activity: _activity, ...rest }: LogEntry): unknown {
  return rest;
}

describe('log entry', () => {
  it('comes back from its bytes, whole and as its header alone', () => {
    fc.assert(
      fc.property(header, fc.array(arbitraryEvent(), { maxLength: 20 }), ids, (head, events, counted) => {
        const activity = activityOf(events);
        const entry: LogEntry = { ...head, delta: deltaOf(events), ids: counted, activity };
        const bytes = encodeLogEntry(entry);
        const decoded = decodeLogEntry(bytes);
        expect(headerOf(decoded)).to.deep.equal(head);
        expect(plainDelta(decoded.delta)).to.deep.equal(plainDelta(entry.delta));
        expect(plainIds(decoded.ids)).to.deep.equal(plainIds(counted));
        expect(plainActivity(decoded.activity ?? activityOf([]))).to.deep.equal(plainActivity(activity));
        expect(decodeEntryHeader(bytes)).to.deep.equal(head);
      }),
      { numRuns: 50 },
    );
  });

  it('never takes more bytes than its parts promise', () => {
    fc.assert(
      fc.property(header, fc.array(arbitraryEvent(), { maxLength: 20 }), ids, (head, events, counted) => {
        const builder = builderOf(events);
        const activity = activityBuilderOf(events);
        const parts = { ...head, delta: builder.build(), ids: counted, activity: activity.build() };
        const seconds = new Set(counted.arrivals).size;
        const promised = MAX_ENTRY_HEADER_BYTES + builder.maxBytes + maxCountedIdsBytes({ ids: counted.size, seconds });
        expect(encodeLogEntry(parts).length).to.be.at.most(promised + activity.maxBytes);
      }),
    );
  });

  const sizes: readonly [number, number][] = [
    [100, 1800],
    [1000, 9700],
  ];
  for (const [events, bytes] of sizes) {
    it(`takes at most ${bytes} bytes for ${events} events of 20 actions in a second`, () => {
      expect(encodeLogEntry(ordinaryEntry(events)).length).to.be.at.most(bytes);
    });
  }

  it('keeps the bytes it had when this format was made', () => {
    const entry = entryOf({
      from: { sequenceNumber: SEQUENCE, index: 2 },
      to: { sequenceNumber: `${SEQUENCE.slice(0, 40)}9999999999999999`, index: 1 },
      outcomes: { counted: 2, duplicate: 1, other: 0, refused: 3 },
      archive: '000102030405060708090a0b0c0d0e0f',
      delta: deltaOf([
        { action: 'buy', timestamp: BASE_MS - 100, value: 19.9, userId: 'u_1' },
        { action: 'buy', timestamp: BASE_MS - 70_000, value: -0.5, userId: 'u_2' },
      ]),
      ids: { size: 2, hashes: Uint32Array.of(1, 2, 3, 4), arrivals: Uint32Array.of(1_768_480_200, 1_768_480_199) },
    });
    expect(Buffer.from(encodeLogEntry(entry)).toString('hex')).to.equal(
      '0303002d0f3c8482c400b06b10d4d61ba50727c18819eff4cde64e0211b75af3107a3fff01c0aa898dbc3300000201000300' +
        '0102030405060708090a0b0c0d0e0f15020101030000000400000002010100000002000000010362757918c8018ca2040404' +
        '00054905f1180221516002eb07fe7f3922',
    );
  });

  it('with activity keeps the bytes it had when this format was made', () => {
    const events = [
      { action: 'buy', timestamp: BASE_MS - 100, value: 19.9, userId: 'u_1' },
      { action: 'buy', timestamp: BASE_MS - 86_400_000, value: -0.5, userId: 'u_1' },
      { action: 'see', timestamp: BASE_MS, value: 0, userId: 'u_2' },
      { action: 'see', timestamp: BASE_MS, value: 0, userId: 'u_2' },
    ];
    const entry = entryOf({ delta: deltaOf(events), activity: activityOf(events) });
    expect(Buffer.from(encodeLogEntry(entry)).toString('hex')).to.equal(
      '0400002d0f3c8482c400b06b10d4d61ba50727c18819eff4cde64e00c0aa898dbc33000000000000010002036275791ec801' +
        '9cb7992904c0169e0b054905f11801290701eb070001290701a40900037365650c0000020009000190040100012003000100' +
        '0002000248d00049c1dd85fa811c57b9966474ea01040006f1180849',
    );
  });

  it('without activity, or with activity of nobody, is written in the format from before activity', () => {
    const bytes = encodeLogEntry(entryOf({ activity: activityOf([]) }));
    expect(bytes).to.deep.equal(encodeLogEntry(entryOf({})));
    expect(bytes[0]).to.equal(3);
    expect(decodeLogEntry(bytes).activity).to.equal(undefined);
  });

  it('is refused by name when its format is not known or its bytes are cut short', () => {
    const without = encodeLogEntry(ordinaryEntry(3));
    // 1 and 2 knew events by their ids alone.
    for (const format of [0, 1, 2, 5]) {
      const bytes = Uint8Array.of(format, ...without.subarray(1));
      for (const decode of [decodeLogEntry, decodeEntryHeader]) {
        expect(() => decode(bytes)).to.throw(UnknownFormatError, `format ${format}`);
      }
    }
    expect(() => decodeLogEntry(new Uint8Array())).to.throw(TruncatedBytesError);
    const event = { action: 'x', timestamp: BASE_MS, value: 1, userId: 'u' };
    const withActivity = encodeLogEntry(entryOf({ delta: deltaOf([event]), activity: activityOf([event]) }));
    for (const bytes of [without, withActivity]) {
      for (let length = 1; length < bytes.length; length++) {
        expect(() => decodeLogEntry(bytes.subarray(0, length)), `${length} bytes`).to.throw(TruncatedBytesError);
      }
    }
  });
});

/** Events of 20 actions that arrive within one second, amounts as values, each with an id. */
function ordinaryEntry(events: number): LogEntry {
  const random = randomFrom(11);
  const values = amounts(12, events);
  const countable = values.map((value) => ({
    action: `shop.action-${Math.floor(random() * 20)}`,
    timestamp: BASE_MS - Math.floor(random() * 1500),
    value,
    userId: `u_${Math.floor(random() * 50_000)}`,
  }));
  return entryOf({
    from: { sequenceNumber: SEQUENCE, index: 0 },
    archive: '000102030405060708090a0b0c0d0e0f',
    outcomes: { counted: events, duplicate: 0, other: 0, refused: 0 },
    delta: deltaOf(countable),
    ids: {
      size: events,
      hashes: Uint32Array.from({ length: 2 * events }, () => random() * 2 ** 32),
      arrivals: new Uint32Array(events).fill(Math.floor(BASE_MS / 1000)),
    },
  });
}
