import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import { type ActivityBase, readActivity, writeActivity } from './activity-codec.ts';
import { type CountedIds, readCountedIds, writeCountedIds } from './counted-ids.ts';
import type { Delta } from './delta.ts';
import { lazyDelta, writeDelta } from './delta-codec.ts';
import { type Position, readPosition, writePosition } from './position-codec.ts';
import type { UserActivity } from './user-activity.ts';

/**
 * Without activity. An entry without activity has this version. (Versions 1 and 2 had hashes of ids alone, without the
 * action.)
 */
const FORMAT = 3;
/** The same, followed by users' activity. */
const FORMAT_WITH_ACTIVITY = 4;
const DAY_MS = 86_400_000;
const HAS_FROM = 1;
const HAS_ARCHIVE = 2;
const HAS_QUARANTINE = 4;
const MAX_FLAGS = HAS_FROM + HAS_ARCHIVE + HAS_QUARANTINE;
const DIGEST_BYTES = 16;

/** No header is longer while sequence numbers have at most 56 characters. */
export const MAX_ENTRY_HEADER_BYTES = 256;

/** The outcomes of the events in an entry's range. */
export interface Outcomes {
  readonly counted: number;
  readonly duplicate: number;
  readonly other: number;
  readonly refused: number;
}

/** An entry without its counts. Times are epoch milliseconds. */
export interface EntryHeader {
  /** The end of its predecessor; undefined for the first entry of a log. */
  readonly from: Position | undefined;
  readonly to: Position;
  readonly firstArrival: number;
  readonly lastArrival: number;
  readonly appendedAt: number;
  readonly outcomes: Outcomes;
  /** Digest of the archive object's bytes, 32 hexadecimal digits; undefined when there is none. */
  readonly archive: string | undefined;
  /** The same for the quarantine object. */
  readonly quarantine: string | undefined;
}

/** One entry of a shard's log: everything that a range of positions adds. */
export interface LogEntry extends EntryHeader {
  /** The ids that it counted: the window of ids is loaded from these. */
  readonly ids: CountedIds;
  readonly delta: Delta;
  /** Only of actions that the delta has too; undefined if the stage keeps no activity. */
  readonly activity?: UserActivity | undefined;
}

export function encodeLogEntry(entry: LogEntry): Uint8Array {
  const out = new ByteWriter(2048);
  const activity = entry.activity && entry.activity.hashes.length > 0 ? entry.activity : undefined;
  out.byte(activity ? FORMAT_WITH_ACTIVITY : FORMAT);
  writeHeader(out, entry);
  const ids = new ByteWriter(16 + entry.ids.size * 8);
  writeCountedIds(ids, entry.ids, Math.floor(entry.lastArrival / 1000));
  out.varint(ids.length);
  out.bytes(ids.view());
  writeDelta(out, entry.delta, entry.lastArrival);
  if (activity) writeActivity(out, activity, activityBase(entry, entry.delta));
  return out.finish();
}

/**
 * Everything except the header is decoded when it is first read, each action of the delta by itself. The entry keeps
 * the bytes.
 */
export function decodeLogEntry(bytes: Uint8Array): LogEntry {
  const { input, header, format } = open(bytes);
  const idBytes = input.bytes(input.varint());
  const delta = lazyDelta(input, header.lastArrival);
  const activity =
    format === FORMAT_WITH_ACTIVITY ? readActivity(input, () => activityBase(header, delta())) : undefined;
  let ids: CountedIds | undefined;
  return {
    ...header,
    activity,
    get delta() {
      return delta();
    },
    get ids() {
      ids ??= readCountedIds(new ByteReader(idBytes), Math.floor(header.lastArrival / 1000));
      return ids;
    },
  };
}

export function decodeEntryHeader(bytes: Uint8Array): EntryHeader {
  return open(bytes).header;
}

function activityBase({ lastArrival }: EntryHeader, delta: Delta): ActivityBase {
  return { day: Math.floor(lastArrival / DAY_MS), actions: [...delta.keys()] };
}

function open(bytes: Uint8Array): { input: ByteReader; format: number; header: EntryHeader } {
  const input = new ByteReader(bytes);
  const format = input.byte();
  if (format !== FORMAT && format !== FORMAT_WITH_ACTIVITY) throw new UnknownFormatError('log entry', format);
  return { input, format, header: readHeader(input) };
}

function writeHeader(out: ByteWriter, entry: EntryHeader): void {
  const { from, to, firstArrival, lastArrival, appendedAt, outcomes, archive, quarantine } = entry;
  out.byte((from ? HAS_FROM : 0) + (archive ? HAS_ARCHIVE : 0) + (quarantine ? HAS_QUARANTINE : 0));
  if (from) writePosition(out, from);
  writePosition(out, to, from);
  out.varint(appendedAt);
  out.zigzag(appendedAt - lastArrival);
  out.zigzag(lastArrival - firstArrival);
  out.varint(outcomes.counted);
  out.varint(outcomes.duplicate);
  out.varint(outcomes.other);
  out.varint(outcomes.refused);
  if (archive) writeDigest(out, archive);
  if (quarantine) writeDigest(out, quarantine);
}

function readHeader(input: ByteReader): EntryHeader {
  const flags = input.byte();
  if (flags > MAX_FLAGS) throw new CorruptBytesError(`flags ${flags} of an entry`);
  const from = flags & HAS_FROM ? readPosition(input) : undefined;
  const to = readPosition(input, from);
  const appendedAt = input.varint();
  const lastArrival = appendedAt - input.zigzag();
  const firstArrival = lastArrival - input.zigzag();
  const counted = input.varint();
  const duplicate = input.varint();
  const other = input.varint();
  const refused = input.varint();
  const archive = flags & HAS_ARCHIVE ? readDigest(input) : undefined;
  const quarantine = flags & HAS_QUARANTINE ? readDigest(input) : undefined;
  const outcomes = { counted, duplicate, other, refused };
  return { from, to, firstArrival, lastArrival, appendedAt, outcomes, archive, quarantine };
}

function writeDigest(out: ByteWriter, digest: string): void {
  const bytes = Buffer.from(digest, 'hex');
  if (bytes.length !== DIGEST_BYTES) {
    throw new RangeError(`a digest has ${DIGEST_BYTES} bytes, this one ${bytes.length}`);
  }
  out.bytes(bytes);
}

function readDigest(input: ByteReader): string {
  return Buffer.from(input.bytes(DIGEST_BYTES)).toString('hex');
}
