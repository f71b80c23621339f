import fc from 'fast-check';
import type { Delta } from '../log-entry/delta.ts';
import { decodeEntryHeader, decodeLogEntry, encodeLogEntry, type LogEntry } from '../log-entry/log-entry.ts';
import type { UserActivity } from '../log-entry/user-activity.ts';
import { decodeActivityRow, encodeActivityRow, foldIntoActivityRow } from '../rows/activity-row.ts';
import { allTimeOf, decodeAllTimeRow, encodeAllTimeRow } from '../rows/all-time-row.ts';
import { decodeDayRow, encodeDayRow, foldIntoDayRow } from '../rows/day-row.ts';
import { decodeHourRow, encodeHourRow, foldIntoHourRow } from '../rows/hour-row.ts';
import { DDSketch } from '../sketches/ddsketch.ts';
import type { HourSketches } from '../sketches/hour-sketches.ts';
import { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { arbitraryEvent, BASE_MS, type CountableEvent, deltaOf } from './arbitrary-events.ts';
import { activityOf } from './plain-activity.ts';

/** One of our decoders. It also decodes everything that is otherwise decoded only when it is read. */
export interface Decoder {
  /** What it decodes, in the plural. */
  readonly name: string;
  /** The first bytes that it knows. */
  readonly formats: readonly (readonly number[])[];
  /** What our encoder writes. */
  readonly valid: fc.Arbitrary<Uint8Array>;
  /** Decodes, and reads everything. */
  readonly look: (bytes: Uint8Array) => void;
  /** Decodes, and encodes what it decoded. */
  readonly write?: (bytes: Uint8Array) => Uint8Array;
}

const HOUR = Math.floor(BASE_MS / 3_600_000);
const DAY = Math.floor(BASE_MS / 86_400_000);
const SEQUENCE = '49543463076548007577105092703039560359975228518395012686';

const someEvents = fc.array(arbitraryEvent(), { minLength: 1, maxLength: 30 });
/** Of one action and near one time: sketches and rows then get many of them. */
const eventsOfOneHour = fc.array(
  arbitraryEvent().map(
    (event): CountableEvent => ({ ...event, action: 'x', timestamp: BASE_MS + (event.value % 1000) }),
  ),
  { minLength: 1, maxLength: 200, size: 'max' },
);

function entryOf(events: readonly CountableEvent[], ids: number): LogEntry {
  return {
    from: ids % 2 === 0 ? undefined : { sequenceNumber: SEQUENCE, index: 3 },
    to: { sequenceNumber: ids % 5 === 0 ? 'TRIM_HORIZON' : SEQUENCE, index: 0 },
    ...{ firstArrival: BASE_MS, lastArrival: BASE_MS + 70, appendedAt: BASE_MS + 900 },
    outcomes: { counted: events.length, duplicate: 1, other: 0, refused: 200 },
    archive: '000102030405060708090a0b0c0d0e0f',
    quarantine: undefined,
    delta: deltaOf(events),
    activity: ids % 3 === 0 ? undefined : activityOf(events),
    ids: {
      size: ids,
      hashes: Uint32Array.from({ length: 2 * ids }, (_, i) => Math.imul(i + 1, 0x9e3779b9)),
      arrivals: Uint32Array.from({ length: ids }, (_, i) => BASE_MS / 1000 + Math.floor(i / 70)),
    },
  };
}

const entryBytes = fc.tuple(someEvents, fc.nat(150)).map(([events, ids]) => encodeLogEntry(entryOf(events, ids)));
const hourOf = (events: readonly CountableEvent[]) => [...deltaOf(events).values()].map((added) => added);
const firstOf = (events: readonly CountableEvent[]) => {
  const [added] = hourOf(events);
  if (!added) throw new Error('no events');
  return added;
};

function lookAtSketches({ users, values }: HourSketches): void {
  lookAtUsers(users);
  lookAtValues(values);
}

function lookAtUsers(users: HyperLogLog): void {
  const estimate = users.estimate();
  if (!(estimate >= 0)) throw new Error(`an estimate of ${estimate}`);
  users.merge(HyperLogLog.decode(users.encode()));
}

function lookAtValues(values: DDSketch): void {
  for (const q of [0, 0.5, 0.99, 1]) {
    const found = values.quantile(q);
    if (found !== undefined && !(Math.abs(found) < 1e13)) throw new Error(`a quantile of ${found}`);
  }
  values.merge(DDSketch.decode(values.encode()));
}

function lookAtDelta(delta: Delta): void {
  for (const { first, last, minutes, hours } of delta.values()) {
    if (Number.isNaN(first + last)) throw new Error('no time');
    for (const { count } of minutes.values()) if (!(count >= 0)) throw new Error(`a count of ${count}`);
    for (const sketches of hours.values()) lookAtSketches(sketches);
  }
}

function lookAtActivity(activity: UserActivity): void {
  const users = activity.hashes.length / 2;
  for (let index = 0; index < users; index++) activity.actionsAt(index);
  for (let index = Math.min(users, 20) - 1; index >= 0; index--) activity.actionsAt(index);
}

export const DECODERS: readonly Decoder[] = [
  {
    name: 'log entries',
    formats: [[3, 0], [4, 0], [3], [4], []],
    valid: entryBytes,
    look: (bytes) => {
      const entry = decodeLogEntry(bytes);
      // Each part is read, whatever happened to the others.
      const parts = [
        () => lookAtDelta(entry.delta),
        () => entry.ids.hashes.length,
        () => entry.activity && lookAtActivity(entry.activity),
      ];
      const errors = parts.flatMap((part) => errorOf(part));
      if (errors.length > 0) throw errors[0];
    },
    write: (bytes) => encodeLogEntry(decodeLogEntry(bytes)),
  },
  { name: 'headers of entries', formats: [[3, 0], [4, 7], []], valid: entryBytes, look: decodeEntryHeader },
  {
    name: 'rows of an hour',
    formats: [[1], [1, 0, 0], []],
    valid: eventsOfOneHour.map((events) => encodeHourRow(foldIntoHourRow(undefined, firstOf(events), HOUR))),
    look: (bytes) => lookAtSketches(decodeHourRow(bytes)),
    write: (bytes) => encodeHourRow(decodeHourRow(bytes)),
  },
  {
    name: 'rows of a day',
    formats: [[1], [1, 0], []],
    valid: eventsOfOneHour.map((events) => encodeDayRow(foldIntoDayRow(undefined, firstOf(events), DAY))),
    look: (bytes) => lookAtSketches(decodeDayRow(bytes)),
    write: (bytes) => encodeDayRow(decodeDayRow(bytes)),
  },
  {
    name: 'rows of all time',
    formats: [[]],
    valid: someEvents.map((events) => encodeAllTimeRow(allTimeOf(firstOf(events)))),
    look: decodeAllTimeRow,
    write: (bytes) => encodeAllTimeRow(decodeAllTimeRow(bytes)),
  },
  {
    name: "rows of a user's day",
    formats: [[1], []],
    valid: someEvents.map((events) => {
      const own = events.map((event) => ({ ...event, userId: 'u' }));
      return encodeActivityRow(foldIntoActivityRow(undefined, activityOf(own).actionsAt(0), DAY));
    }),
    look: decodeActivityRow,
    write: (bytes) => encodeActivityRow(decodeActivityRow(bytes)),
  },
  {
    name: "sketches of users' hashes",
    // Listed registers, all of them plainly, and around a rank.
    formats: [[], [5], [0x80, 8], [0x81, 8], [0x8c, 8]],
    valid: fc
      .array(fc.tuple(fc.nat(2047), fc.integer({ min: 1, max: 33 })), { maxLength: 2500, size: 'max' })
      .map((pairs) => {
        const sketch = new HyperLogLog();
        for (const [register, rank] of pairs) sketch.addRegister(register, rank);
        return sketch.encode();
      }),
    look: (bytes) => lookAtUsers(HyperLogLog.decode(bytes)),
    write: (bytes) => HyperLogLog.decode(bytes).encode(),
  },
  {
    name: 'sketches of values',
    formats: [[], [2], [0xff, 0x7f]],
    valid: someEvents.map((events) => {
      const sketch = new DDSketch();
      for (const { value } of events) sketch.add(value);
      return sketch.encode();
    }),
    look: (bytes) => lookAtValues(DDSketch.decode(bytes)),
    write: (bytes) => DDSketch.decode(bytes).encode(),
  },
];

function errorOf(part: () => unknown): unknown[] {
  try {
    part();
    return [];
  } catch (error) {
    return [error];
  }
}
