import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodeLogEntry } from './log-entry/log-entry.ts';
import { decodeActivityRow } from './rows/activity-row.ts';
import { decodeAllTimeRow } from './rows/all-time-row.ts';
import { decodeDayRow } from './rows/day-row.ts';
import { decodeHourRow } from './rows/hour-row.ts';
import { DDSketch } from './sketches/ddsketch.ts';
import { HyperLogLog } from './sketches/hyper-log-log.ts';
import {
  plainActivityRow,
  plainDayRow,
  plainEntry,
  plainHourRow,
  plainUsers,
  plainValues,
} from './testing/plain-values.ts';

/** Bytes as they are in tables, and their content. */
interface StoredBytes {
  readonly kind: keyof typeof READERS;
  readonly base64: string;
  readonly holds: unknown;
}

/** What reads each kind of bytes. */
const READERS = {
  'log entry': (bytes: Uint8Array): unknown => plainEntry(decodeLogEntry(bytes)),
  'row of an hour': (bytes: Uint8Array): unknown => plainHourRow(decodeHourRow(bytes)),
  'row of a day': (bytes: Uint8Array): unknown => plainDayRow(decodeDayRow(bytes)),
  'row of all time': (bytes: Uint8Array): unknown => decodeAllTimeRow(bytes),
  "row of a user's day": (bytes: Uint8Array): unknown => plainActivityRow(decodeActivityRow(bytes)),
  'sketch of users': (bytes: Uint8Array): unknown => plainUsers(HyperLogLog.decode(bytes)),
  'sketch of values': (bytes: Uint8Array): unknown => plainValues(DDSketch.decode(bytes)),
};

const FOLDER = join(import.meta.dirname, 'testing', 'stored-bytes');

// Written once, and never again. If a codec no longer reads one of these, or reads it differently, every stage that has
// data breaks. A new format gets files of its own, and these stay as long as such bytes may be stored.
describe('bytes that are stored already', () => {
  const files = readdirSync(FOLDER).sort();
  const stored = files.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as StoredBytes);
  const bytesOf = ({ base64 }: StoredBytes) => Uint8Array.from(Buffer.from(base64, 'base64'));

  for (const [index, file] of files.entries()) {
    it(`hold what they held: ${file}`, () => {
      const own = stored[index] as StoredBytes;
      expect(READERS[own.kind](bytesOf(own))).to.deep.equal(own.holds);
    });
  }

  it('are there of every kind, and in every format that is read', () => {
    expect([...new Set(stored.map(({ kind }) => kind))]).to.have.members(Object.keys(READERS));
    const formats = (kind: string) => new Set(stored.filter((own) => own.kind === kind).map((own) => bytesOf(own)[0]));
    expect([...formats('log entry')]).to.have.members([3, 4]);
    for (const kind of ['row of an hour', 'row of a day', "row of a user's day"]) {
      expect([...formats(kind)], kind).to.deep.equal([1]);
    }
    // Listed, plainly, and around a rank: the head is the number of registers, or past 1024.
    const heads = stored.filter(({ kind }) => kind === 'sketch of users').map((own) => headOf(bytesOf(own)));
    expect(heads.map((head) => Math.sign(Math.max(head, 1024) - 1025))).to.include.members([-1, 0, 1]);
  });
});

/** The varint that the bytes begin with, of at most two bytes here. */
function headOf([first = 0, second = 0]: Uint8Array): number {
  return first < 128 ? first : (first % 128) + second * 128;
}
