import { type ArchiveRun, oneByOne, runsBackTo } from '@weir/dynamodb';
import type { Position } from '@weir/events';
import { hourPrefix, objectKey, runObjectKey } from '../archive-names.ts';
import type { ObjectStore } from '../object-store.ts';
import { readAhead } from '../read-ahead.ts';
import type { ArchivePiece, ArchiveSources } from './archive-piece.ts';
import type { LogHead } from './log-heads.ts';

const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;
/** Days that are listed at once: one after the other, ten years would take minutes. */
const DAYS_AHEAD = 8;
/** Log that one read takes. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** What is listed of a log. */
export interface PiecesRange {
  /** The last entry. */
  readonly head: LogHead;
  /** The first hour of arrival, since the epoch. */
  readonly fromHour: number;
}

/** A piece whose objects have no sizes yet. */
type Unsized = Omit<ArchivePiece, 'bytes'>;

/**
 * The pieces of a log up to its head, ascending. They hold every line that arrived from `fromHour` on, and some that
 * arrived before: entries and objects may reach over the hour's start. Only objects that a run or an entry names are
 * listed. Of the log, the runs of the range are held; of the bucket, the sizes of some days.
 */
export async function* listPieces(sources: ArchiveSources, range: PiecesRange): AsyncGenerator<ArchivePiece> {
  const { head, fromHour } = range;
  if (head.number < 0) return;
  // Up to one of more than an hour before: `reaches` looks at the run that follows.
  const runs = (await runsBackTo(sources.store, head.logId, ({ hour }) => hour < fromHour - 1)).reverse();
  const reaching = runs.filter(({ from }, i) => from <= head.number && reaches(runs, i, fromHour));
  const days = byDay(reaching.flatMap((run) => runPiece(run, head)));
  for await (const day of readAhead(days, DAYS_AHEAD, (pieces) => withSizes(sources.objects, pieces))) yield* day;
  for await (const piece of livePieces(sources, range, runs.at(-1)?.to ?? -1)) {
    yield* await withSizes(sources.objects, [piece]);
  }
}

/** Whether a run may hold lines that arrived from `fromHour` on: its last entry reaches up to the next run. */
function reaches(runs: readonly ArchiveRun[], at: number, fromHour: number): boolean {
  const [hour, next] = [runs[at]?.hour ?? fromHour, runs[at + 1]?.hour ?? fromHour];
  return hour >= fromHour || next >= fromHour;
}

function runPiece(run: ArchiveRun, head: LogHead): Unsized[] {
  const { logId, hour, from: first, to } = run;
  const key = runObjectKey(run);
  if (key === undefined) return [];
  const last = Math.min(to, head.number);
  return [{ logId, hour, first, last, keys: [key], ...(last < to && head.position && { upTo: head.position }) }];
}

function* byDay(pieces: readonly Unsized[]): Iterable<Unsized[]> {
  let day: Unsized[] = [];
  for (const piece of pieces) {
    if (day[0] && dayOf(day[0]) !== dayOf(piece)) {
      yield day;
      day = [];
    }
    day.push(piece);
  }
  if (day.length > 0) yield day;
}

function dayOf({ hour }: Unsized): number {
  return Math.floor(hour / HOURS_PER_DAY);
}

/** One listing for the pieces of a day; if they are of one hour, only of this log's objects. */
async function withSizes(objects: Pick<ObjectStore, 'list'>, pieces: readonly Unsized[]): Promise<ArchivePiece[]> {
  const sizes = new Map(pieces.flatMap(({ keys }) => keys.map((key) => [key, 0])));
  const hours = pieces.map(({ hour }) => hour);
  const [from, to] = [Math.min(...hours), Math.max(...hours)];
  const start = hourPrefix('events', from);
  const end = hourPrefix('events', to + 1);
  const prefix = from === to ? `${start}${pieces[0]?.logId}-` : start.slice(0, start.indexOf('hour='));
  for await (const { key, size } of objects.list(prefix, start)) {
    if (key >= end) break;
    if (sizes.has(key)) sizes.set(key, size);
  }
  return pieces.map((piece) => ({
    ...piece,
    bytes: piece.keys.reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0),
  }));
}

/** What is known of the piece that is collected. */
interface Collected {
  readonly hour: number;
  readonly first: number;
  readonly after: Position | undefined;
  readonly keys: string[];
  last: number;
  upTo: Position;
  lastArrival: number;
}

/** The entries past all runs, hour by hour. Their objects are small ones. */
async function* livePieces(sources: ArchiveSources, range: PiecesRange, after: number): AsyncGenerator<Unsized> {
  const { logId } = range.head;
  let piece: Collected | undefined;
  for await (const { number, header } of entriesUpTo(sources, range.head, after)) {
    const { firstArrival: arrival, archive: digest, from, to, lastArrival } = header;
    const hour = Math.floor(arrival / HOUR_MS);
    if (piece && piece.hour !== hour) {
      yield* collected(piece, range);
      piece = undefined;
    }
    piece ??= { hour, first: number, after: from, keys: [], last: number, upTo: to, lastArrival };
    Object.assign(piece, { last: number, upTo: to, lastArrival: Math.max(piece.lastArrival, lastArrival) });
    if (digest !== undefined) piece.keys.push(objectKey({ area: 'events', logId, number, arrival, digest }));
  }
  if (piece) yield* collected(piece, range);
}

function collected({ lastArrival, after, ...piece }: Collected, { head, fromHour }: PiecesRange): Unsized[] {
  if (piece.keys.length === 0 || lastArrival < fromHour * HOUR_MS) return [];
  return [{ logId: head.logId, ...piece, ...(after && { after }) }];
}

/** Throws if an entry is in no run, and has expired. */
async function* entriesUpTo({ store }: ArchiveSources, { logId, number: end }: LogHead, after: number) {
  let last = after;
  while (last < end) {
    const page = await store.readAfter(logId, last, { maxBytes: PAGE_BYTES });
    if (page.length === 0) throw new Error(`entries ${last + 1} to ${end} of ${logId} are in no run, and have expired`);
    for (const entry of oneByOne(page)) {
      if (last >= end) return;
      if (entry.number !== last + 1) {
        throw new Error(`entries ${last + 1} to ${entry.number - 1} of ${logId} are in no run, and have expired`);
      }
      yield entry;
      last = entry.number;
    }
  }
}
