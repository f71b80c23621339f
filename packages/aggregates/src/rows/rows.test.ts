import { expect } from 'chai';
import fc from 'fast-check';
import { TruncatedBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import type { ActionDelta, Delta } from '../log-entry/delta.ts';
import { arbitraryEvent, BASE_MS, type CountableEvent, decimalValue, deltaOf } from '../testing/arbitrary-events.ts';
import { amounts } from '../testing/random.ts';
import { type DayRow, decodeDayRow, encodeDayRow, foldIntoDayRow } from './day-row.ts';
import { decodeHourRow, encodeHourRow, foldIntoHourRow, type HourRow } from './hour-row.ts';

/** Rows of all hours and days, by action, as bytes. Each fold goes through the bytes of the row before it. */
function rowsOf(deltas: readonly Delta[]): Map<string, string> {
  const rows = new Map<string, Uint8Array>();
  const fold = (key: string, folded: (before?: Uint8Array) => Uint8Array) => rows.set(key, folded(rows.get(key)));
  for (const delta of deltas) {
    for (const [action, added] of delta) {
      for (const hour of added.hours.keys()) fold(`${action}/hour/${hour}`, (before) => foldHour(before, added, hour));
      const days = new Set([...added.hours.keys()].map((hour) => Math.floor(hour / 24)));
      for (const day of days) fold(`${action}/day/${day}`, (before) => foldDay(before, added, day));
    }
  }
  return new Map([...rows].map(([key, bytes]) => [key, Buffer.from(bytes).toString('hex')] as const).sort());
}

function foldHour(before: Uint8Array | undefined, added: ActionDelta, hour: number): Uint8Array {
  return encodeHourRow(foldIntoHourRow(before && decodeHourRow(before), added, hour));
}

function foldDay(before: Uint8Array | undefined, added: ActionDelta, day: number): Uint8Array {
  return encodeDayRow(foldIntoDayRow(before && decodeDayRow(before), added, day));
}

const eventsInGroups = fc
  .array(fc.array(arbitraryEvent(decimalValue), { maxLength: 25 }), { maxLength: 6 })
  .chain((groups) =>
    fc.tuple(
      fc.constant(groups),
      fc.shuffledSubarray(groups, { minLength: groups.length, maxLength: groups.length }),
      fc.shuffledSubarray(groups.flat(), { minLength: groups.flat().length, maxLength: groups.flat().length }),
    ),
  );

describe('rows', () => {
  it('are the same bytes for the same events, however these were grouped and ordered', () => {
    fc.assert(
      fc.property(eventsInGroups, ([groups, shuffled, events]) => {
        const expected = rowsOf([deltaOf(events)]);
        expect(rowsOf(groups.map(deltaOf))).to.deep.equal(expected);
        expect(rowsOf(shuffled.map(deltaOf))).to.deep.equal(expected);
      }),
    );
  });

  it('take from an entry their own hour or day only', () => {
    const at = (timestamp: number): CountableEvent => ({ action: 'x', timestamp, value: 1, userId: String(timestamp) });
    const hour = Math.floor(BASE_MS / 3_600_000);
    const day = Math.floor(BASE_MS / 86_400_000);
    const start = hour * 3_600_000;
    const added = deltaOf([
      at(start - 1),
      at(start),
      at(start + 3_599_999),
      at(start + 3_600_000),
      at(day * 86_400_000 - 1),
      at(day * 86_400_000),
      at((day + 1) * 86_400_000),
    ]).get('x') as ActionDelta;
    const hourRow = foldIntoHourRow(undefined, added, hour);
    expect([...hourRow.minutes.keys()]).to.deep.equal([0, 59]);
    expect(hourRow.users.estimate()).to.equal(2);
    const dayRow = foldIntoDayRow(undefined, added, day);
    expect(dayRow.totals.count).to.equal(5);
    expect(dayRow.users.estimate()).to.equal(5);
  });

  it('do not change the entry that is folded into them', () => {
    const added = deltaOf([{ action: 'x', timestamp: BASE_MS, value: 1, userId: 'a' }]).get('x') as ActionDelta;
    const hour = Math.floor(BASE_MS / 3_600_000);
    let row: HourRow | undefined;
    for (let i = 0; i < 3; i++) row = foldIntoHourRow(row, added, hour);
    expect(row?.minutes.get(30)?.count).to.equal(3);
    expect([...added.minutes.values()].map(({ count }) => count)).to.deep.equal([1]);
    expect(added.hours.get(hour)?.values.encode()).to.have.length(4);
  });

  it('of an hour need no sketch to be read for its minutes', () => {
    const bytes = encodeHourRow(busyHour());
    const minutesOnly = bytes.subarray(0, bytes.length - 100);
    const row = decodeHourRow(minutesOnly);
    expect(row.minutes.size).to.equal(60);
    expect(() => row.values).to.throw(TruncatedBytesError);
  });

  it('of a full hour with ten thousand amounts take less than 2 KB', () => {
    expect(encodeHourRow(busyHour()).length).to.be.below(2048);
  });

  it('of an hour keep the bytes they had when this format was made', () => {
    const row = foldIntoHourRow(undefined, golden(), Math.floor(BASE_MS / 3_600_000));
    expect(Buffer.from(encodeHourRow(row)).toString('hex')).to.equal(
      '0180808080038080808002084907555555555555d53f07565555555555c5bf05f118058080c4d2d4d1030343626d570104eb07fe5f099f' +
        'b27706',
    );
  });

  it('of a day keep the bytes they had when this format was made', () => {
    const row = foldIntoDayRow(undefined, golden(), Math.floor(BASE_MS / 86_400_000));
    expect(Buffer.from(encodeDayRow(row)).toString('hex')).to.equal(
      '0112498080c4d2d4d10307777702a2941a6d4264eaeeddbbf70e0343626d570104eb07fe5f099fb27706',
    );
  });

  it('are refused by name when their format is not known', () => {
    const hour = encodeHourRow(busyHour());
    const day = encodeDayRow(foldIntoDayRow(undefined, busy(), Math.floor(BASE_MS / 86_400_000)) satisfies DayRow);
    expect(() => decodeHourRow(Uint8Array.of(9, ...hour.subarray(1)))).to.throw(UnknownFormatError, 'row of an hour');
    expect(() => decodeDayRow(Uint8Array.of(9, ...day.subarray(1)))).to.throw(UnknownFormatError, 'row of a day');
  });
});

/** Both words of the set of minutes, totals with and without a residue, one value and several. */
function golden(): ActionDelta {
  return deltaOf([
    { action: 'buy', timestamp: BASE_MS - 100, value: 19.9, userId: 'u_1' },
    { action: 'buy', timestamp: BASE_MS - 70_000, value: -0.5, userId: 'u_2' },
    { action: 'buy', timestamp: BASE_MS - 69_000, value: 1 / 3, userId: 'u_1' },
    { action: 'buy', timestamp: BASE_MS + 1_799_999, value: 1e12, userId: 'u_3' },
  ]).get('buy') as ActionDelta;
}

function busy(): ActionDelta {
  const start = Math.floor(BASE_MS / 3_600_000) * 3_600_000;
  const events = amounts(2, 10_000).map((value, i) => ({
    action: 'x',
    timestamp: start + i * 360,
    value,
    userId: `u_${i}`,
  }));
  return deltaOf(events).get('x') as ActionDelta;
}

function busyHour(): HourRow {
  return foldIntoHourRow(undefined, busy(), Math.floor(BASE_MS / 3_600_000));
}
