import { type DecodedEvent, decodeRecords, padSequenceNumber, textOf } from '@weir/events';
import { expect } from 'chai';
import fc from 'fast-check';
import { DamagedArchiveObject } from './archive-faults.ts';
import type { ArchiveLine } from './archive-line.ts';
import { decodeLines } from './decode-lines.ts';

const ARRIVAL = Date.UTC(2026, 0, 10, 11, 30);
const PLACE = { key: 'events/x.ndjson.zst', linesBefore: 40 };
const GOOD = `{"userId":"u","action":"a","timestamp":${ARRIVAL}}`;
const ERASED =
  `{"at":"shardId-000000000009:${padSequenceNumber('7')}:3","arrival":${ARRIVAL},"outcome":"other",` +
  '"event":{"action":"a","timestamp":"2026-01-10t11:00:00z","value":1.50e0},"user":{"register":1033,"rank":2}}\n';

function decoded(texts: readonly string[]): DecodedEvent[] {
  const records = texts.map((text, i) => ({
    sequenceNumber: padSequenceNumber(String(i)),
    partitionKey: 'k',
    arrival: ARRIVAL + i,
    data: Buffer.from(text).toString('base64'),
  }));
  return decodeRecords(records).flatMap((each) => (each.kind === 'event' ? [each] : []));
}

/** A line as the consumer writes it. */
function lineOf(event: DecodedEvent, outcome = 'counted'): string {
  const at = `shardId-000000000000:${event.sequenceNumber}:${event.index}`;
  return `{"at":"${at}","arrival":${event.arrival},"outcome":"${outcome}","event":${textOf(event)}}\n`;
}

function expected(event: DecodedEvent, outcome: ArchiveLine['outcome'] = 'counted'): ArchiveLine {
  const { sequenceNumber, index, arrival, action, timestamp, value, userId } = event;
  return { sequenceNumber, index, arrival, outcome, action, timestamp, value, userId, register: undefined };
}

/** Fields that a careless reader takes for others: of the line, twice, escaped, or further in. */
const field = fc.oneof(
  fc
    .constantFrom('outcome', 'at', 'arrival', 'user', 'event', '__proto__', 'note')
    .chain((name) => fc.json({ maxDepth: 2 }).map((value) => `"${name}":${value}`)),
  fc.constantFrom('"val\\u0075e":5', '"value":-0.0', '"value":1e3', '"VALUE":9', '"properties":{"value":7}'),
  fc.constantFrom('"action":"\\u0061b"', '"action":"\\ud83d\\ude00"', '"timestamp":"2026-01-10T05:29:01.55-05:30"'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 9 }).map((userId) => `"userId":${JSON.stringify(userId)}`),
);
const eventText = fc.array(field, { maxLength: 6 }).map((fields) => `{${[GOOD.slice(1, -1), ...fields].join(', ')}}`);

describe('lines of the archive', () => {
  it('say of any event exactly what was counted', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(eventText, { minLength: 1, maxLength: 8 }), (texts) => {
        const events = decoded(texts);
        found += events.length;
        if (events.length === 0) return;
        const lines = decodeLines(Buffer.from(events.map((event) => lineOf(event)).join('')), PLACE);
        expect(lines).to.deep.equal(events.map((event) => expected(event)));
      }),
    );
    expect(found).to.be.above(100);
  });

  for (const outcome of ['counted', 'duplicate', 'other'] as const) {
    it(`say that an event is ${outcome}, the last one also without a line feed`, () => {
      const [event] = decoded([GOOD]) as [DecodedEvent];
      for (const text of [lineOf(event, outcome), lineOf(event, outcome).trimEnd()]) {
        expect(decodeLines(Buffer.from(text), PLACE)).to.deep.equal([expected(event, outcome)]);
      }
    });
  }

  it('of erased people have a register and a rank, and no user', () => {
    expect(decodeLines(Buffer.from(ERASED), PLACE)).to.deep.equal([
      {
        sequenceNumber: padSequenceNumber('7'),
        index: 3,
        ...{ arrival: ARRIVAL, outcome: 'other', action: 'a', timestamp: Date.UTC(2026, 0, 10, 11), value: 1.5 },
        ...{ userId: undefined, register: [1033, 2] },
      },
    ]);
  });

  const good = lineOf(decoded([GOOD])[0] as DecodedEvent);
  const damaged: [string, string][] = [
    ['is cut', good.slice(0, 60)],
    ['is empty', ''],
    ['is two', good.trimEnd() + good.trimEnd()],
    ['is two with a comma between', `${good.trimEnd()},${good.trimEnd()}`],
    ['is no object', '7'],
    ['is null', 'null'],
    ['has no position', good.replace('"at"', '"as"')],
    ['has a position without an index', good.replace(':0",', '",')],
    ['has another outcome', good.replace('counted', 'constructor')],
    ['has no user', good.replace('"userId"', '"userID"')],
    ['has a user and a register', good.replace(/\}\n$/, ',"user":{"register":1,"rank":2}}')],
    ['has half a register', ERASED.replace('"rank"', '"rang"')],
    ['has another time', good.replace(`"timestamp":${ARRIVAL}`, '"timestamp":"yesterday"')],
  ];
  for (const [name, text] of damaged) {
    it(`are not read if one ${name}: the error names the object and the line`, () => {
      const block = Buffer.from(`${good}${text.trimEnd()}\n${good}`);
      const error = caught(() => decodeLines(block, PLACE));
      expect(error).to.be.instanceOf(DamagedArchiveObject).and.include({ key: PLACE.key, line: 42 });
    });
  }
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
