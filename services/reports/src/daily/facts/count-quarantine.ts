import type { Readable } from 'node:stream';
import { decompressed, hourPrefix, type ObjectStore, parseObjectKey, wholeLines } from '@weir/archive';
import type { Range } from '@weir/calendar';
import { padSequenceNumber } from '@weir/events';
import { compareText } from '../compare-text.ts';
import type { DailyFacts } from '../daily-report.ts';

const HOUR_MS = 3_600_000;
/** A record has far fewer events than this has room for. */
const INDEX_DIGITS = 10;

/** What a line of the quarantine says about its event. */
interface QuarantineLine {
  readonly reason: string;
  readonly sequenceNumber: string;
  readonly index: number;
  /** Epoch milliseconds. */
  readonly arrival: number;
}

type Objects = Pick<ObjectStore, 'list' | 'get'>;

/** Counts the refused events that arrived in a range, by reason. Lines are streamed, because an object may be large. */
export async function countQuarantine(
  objects: Pick<Objects, 'get'>,
  { from, to }: Range,
  hours: readonly (readonly string[])[],
): Promise<DailyFacts['quarantine']> {
  const counts = new Map<string, number>();
  for (const keys of hours) {
    for await (const { reason, arrival } of refusalsOf(objects, keys)) {
      if (arrival >= from && arrival < to) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || compareText(a.reason, b.reason));
}

/** The names of a day's objects, by the hour of arrival; hours without objects are left out. */
export async function listQuarantine(objects: Pick<Objects, 'list'>, { from, to }: Range): Promise<string[][]> {
  const hours: string[][] = [];
  for (let hour = Math.floor(from / HOUR_MS); hour * HOUR_MS < to; hour++) {
    const keys: string[] = [];
    for await (const { key } of objects.list(hourPrefix('quarantine', hour))) keys.push(key);
    if (keys.length > 0) hours.push(keys);
  }
  return hours;
}

/**
 * The lines of an hour, each refusal once. A batch that died after it had written an object wrote its lines again, into
 * the same hour of arrival, perhaps in other pieces. An object has every refusal of the positions that it covers, and the
 * objects of a log follow each other. So a line is new if it is past the furthest line of its log.
 */
async function* refusalsOf(objects: Pick<Objects, 'get'>, keys: readonly string[]): AsyncGenerator<QuarantineLine> {
  const furthest = new Map<string, string>();
  for (const key of keys) {
    const logId = parseObjectKey(key)?.logId ?? key;
    for await (const line of linesOf(await objects.get(key))) {
      const position = `${padSequenceNumber(line.sequenceNumber)}:${String(line.index).padStart(INDEX_DIGITS, '0')}`;
      if (position <= (furthest.get(logId) ?? '')) continue;
      furthest.set(logId, position);
      yield line;
    }
  }
}

async function* linesOf(object: Readable): AsyncGenerator<QuarantineLine> {
  for await (const block of wholeLines(decompressed(object))) {
    for (const text of block.toString().split('\n')) {
      if (text !== '') yield JSON.parse(text) as QuarantineLine;
    }
  }
}
