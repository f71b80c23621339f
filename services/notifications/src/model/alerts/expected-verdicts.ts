import { DDSketch } from '@weir/aggregates';
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
import type { CountedEvent } from '@weir/dynamodb/memory/counted';
import { type AppendedRecord, entryName } from './virtual-logs.ts';

/** More ways to have read the logs are not looked at. */
const MAX_WAYS = 3000;

/** What may come out of a bucket, over all ways in which the logs may have been read when it was judged. */
export interface Expected {
  readonly mustFire: boolean;
  readonly mayFire: boolean;
  /** Whether it may have fired with a value. */
  readonly isPossible: (value: number) => boolean;
}

/** What the logs have. */
export interface Appended {
  readonly records: readonly AppendedRecord[];
  /** Names of entries that nobody evaluated when they came. */
  readonly forgotten: ReadonlySet<string>;
}

/** A part of a record: what it adds to the bucket and to its baseline. */
interface Part {
  readonly record: AppendedRecord;
  readonly own: readonly CountedEvent[];
  readonly before: readonly CountedEvent[];
}

/**
 * Judges a bucket by the records themselves. When it closes, everything that arrived before is read, and of each log any
 * number of the records after that. While it is open, of each log any number of records, after those of a baseline that
 * has closed. Undefined if there are too many ways; but a value that only grows is between its limit and what it became.
 */
export function expectedVerdicts(alert: Alert, start: number, { records, forgotten }: Appended): Expected | undefined {
  const before = start - baselineDistance(alert);
  const parts = records
    .map((record) => partOf(alert, record, [start, before]))
    .filter(({ own, before: base }) => own.length + base.length > 0);
  const mustFireAtOnce = !alert.relative && isJudgedOpen(alert) && firesByEntries(alert, start, { parts, forgotten });
  const closing = waysFrom(parts, closeOf(alert, start));
  const open = isJudgedOpen(alert) ? waysFrom(parts, alert.relative ? closeOf(alert, before) : 0) : [];
  if (!closing || !open) return isJudgedOpen(alert) ? growing(alert, parts, mustFireAtOnce) : undefined;
  const judged = [...closing, ...open].map((way) => judgeParts(alert, way));
  const fired = judged.filter(({ verdict }) => verdict === 'true');
  const closingFires = judged.slice(0, closing.length).every(({ verdict }) => verdict === 'true');
  const values = new Set(fired.flatMap(({ value }) => value ?? []));
  return {
    mustFire: closingFires || mustFireAtOnce,
    mayFire: fired.length > 0,
    isPossible: (value) => values.has(value),
  };
}

/** Of a count, or a number of users, that is above its limit at last. */
function growing(alert: Alert, parts: readonly Part[], mustFire: boolean): Expected | undefined {
  if (alert.relative) return undefined;
  const { verdict, value: most } = judgeParts(alert, parts);
  const isPossible = (value: number) => value > (alert.threshold ?? 0) && value <= (most ?? 0);
  return { mustFire, mayFire: verdict === 'true', isPossible };
}

/** Whether the records that are judged at once, with all that arrived before the close, are enough. */
function firesByEntries(
  alert: Alert,
  start: number,
  { parts, forgotten }: { readonly parts: readonly Part[]; readonly forgotten: ReadonlySet<string> },
): boolean {
  const close = closeOf(alert, start);
  const counted = parts.filter(({ record }) => {
    const { arrival } = record;
    const isJudged = isJudgedBy(alert, start, { firstArrival: arrival, lastArrival: arrival });
    return arrival < close || (isJudged && !forgotten.has(entryName(record)));
  });
  return judgeParts(alert, counted).verdict === 'true';
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

function partOf(alert: Alert, record: AppendedRecord, [start, before]: readonly [number, number]): Part {
  const eventsFrom = (from: number) =>
    record.events.filter(({ action, at }) => {
      return matchesAction(alert.action, action) && at >= from && at < from + BUCKET_MS[alert.interval];
    });
  return { record, own: eventsFrom(start), before: eventsFrom(before) };
}

function judgeParts(alert: Alert, parts: readonly Part[]) {
  const figures = (of: 'own' | 'before') =>
    figuresOf(
      alert,
      parts.flatMap((part) => part[of]),
    );
  return judge(alert, figures('own'), figures('before'));
}

/** Only of what the rule compares. */
function figuresOf({ field }: Alert, events: readonly CountedEvent[]): Figures {
  const values = events.map(({ value = 1 }) => value);
  return {
    count: events.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    users: field === 'users' ? new Set(events.map(({ userId }) => userId)).size : null,
    p95: field === 'p95' ? p95Of(values) : null,
  };
}

function p95Of(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sketch = new DDSketch();
  for (const value of values) sketch.add(value);
  return Math.min(Math.max(...values), Math.max(Math.min(...values), sketch.quantile(0.95) ?? 0));
}
