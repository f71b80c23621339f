import {
  type Alert,
  BUCKET_MS,
  baselineDistance,
  closeOf,
  type Figures,
  isJudgedBy,
  isJudgedOpen,
  judge,
  matchesAction,
} from '@weir/alerts';
import type { ArrivedRecord } from './virtual-logs.ts';

/** More ways to have read the logs are not looked at. */
const MAX_WAYS = 3000;

/** What may come out of a bucket, over all ways in which the logs may have been read when it was judged. */
export interface Expected {
  readonly mustFire: boolean;
  readonly mayFire: boolean;
  /** Values with which it may have fired. */
  readonly values: ReadonlySet<number>;
}

/** A part of a record: what it adds to the bucket and to its baseline. */
interface Part {
  readonly record: ArrivedRecord;
  readonly own: Figures;
  readonly before: Figures;
}

/**
 * Judges a bucket by the records themselves. When it closes, everything that arrived before is read, and of each log any
 * number of the records after that. While it is open, of each log any number of records, after those of a baseline that
 * has closed. Undefined if there are too many ways.
 */
export function expectedVerdicts(alert: Alert, start: number, records: readonly ArrivedRecord[]): Expected | undefined {
  const before = start - baselineDistance(alert);
  const parts = records
    .map((record) => partOf(alert, record, [start, before]))
    .filter(({ own, before: base }) => own.count + base.count > 0);
  const closing = waysFrom(parts, closeOf(alert, start));
  const open = isJudgedOpen(alert) ? waysFrom(parts, alert.relative ? closeOf(alert, before) : 0) : [];
  if (!closing || !open) return undefined;
  const judged = [...closing, ...open].map((way) => judge(alert, total(way, 'own'), total(way, 'before')));
  const fired = judged.filter(({ verdict }) => verdict === 'true');
  const closingFires = judged.slice(0, closing.length).every(({ verdict }) => verdict === 'true');
  return {
    mustFire: closingFires || (!alert.relative && isJudgedOpen(alert) && firesByEntries(alert, start, parts)),
    mayFire: fired.length > 0,
    values: new Set(fired.flatMap(({ value }) => value ?? [])),
  };
}

/** Whether the records that are judged at once, with all that arrived before the close, are enough. */
function firesByEntries(alert: Alert, start: number, parts: readonly Part[]): boolean {
  const close = closeOf(alert, start);
  const counted = parts.filter(({ record: { arrival } }) => {
    return arrival < close || isJudgedBy(alert, start, { firstArrival: arrival, lastArrival: arrival });
  });
  return judge(alert, total(counted, 'own')).verdict === 'true';
}

/** All records before a time, and of each log any number of those that follow. */
function waysFrom(parts: readonly Part[], from: number): Part[][] | undefined {
  const logs = [...Map.groupBy(parts, ({ record }) => record.logId).values()];
  let ways: Part[][] = [[]];
  for (const log of logs) {
    const least = log.findLastIndex(({ record }) => record.arrival < from) + 1;
    const prefixes = Array.from({ length: log.length - least + 1 }, (_, more) => log.slice(0, least + more));
    if (ways.length * prefixes.length > MAX_WAYS) return undefined;
    ways = ways.flatMap((way) => prefixes.map((prefix) => [...way, ...prefix]));
  }
  return ways;
}

function partOf(alert: Alert, record: ArrivedRecord, [start, before]: readonly [number, number]): Part {
  const figuresAt = (from: number): Figures => {
    const events = record.events.filter(({ action, at }) => {
      return matchesAction(alert.action, action) && at >= from && at < from + BUCKET_MS[alert.interval];
    });
    return { count: events.length, sum: events.reduce((sum, { value = 1 }) => sum + value, 0), users: null, p95: null };
  };
  return { record, own: figuresAt(start), before: figuresAt(before) };
}

function total(parts: readonly Part[], of: 'own' | 'before'): Figures {
  const count = parts.reduce((sum, part) => sum + part[of].count, 0);
  return { count, sum: parts.reduce((sum, part) => sum + part[of].sum, 0), users: null, p95: null };
}
