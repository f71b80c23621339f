import { INTERVAL_MS, type Interval } from '@weir/dynamodb';
import { badParameter, type Problem } from '../http/problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { MAX_BUCKETS } from '../limits.ts';
import { parseTime } from './parse-time.ts';

/** How far before `to` a query begins that does not say `from`. */
const DEFAULT_SPAN_MS = { minute: 86_400_000, hour: 86_400_000, day: 30 * 86_400_000 } as const;

const ACTION = /^[A-Za-z0-9._:-]{1,128}$/;

/** A checked query: the range is already rounded to the interval. */
export interface SeriesRequest {
  readonly kind: 'series';
  readonly action: string;
  readonly interval: Interval;
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
  readonly fillsZero: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function isInterval(text: string): text is Interval {
  return Object.hasOwn(INTERVAL_MS, text);
}

function readRange(values: { from?: string; to?: string }, interval: Interval, now: number): Range | Problem {
  const to = values.to === undefined ? now : parseTime(values.to);
  if (to === undefined) return badParameter('to', 'must be an RFC 3339 time or epoch milliseconds');
  const from = values.from === undefined ? Math.max(0, to - DEFAULT_SPAN_MS[interval]) : parseTime(values.from);
  if (from === undefined) return badParameter('from', 'must be an RFC 3339 time or epoch milliseconds');
  if (from >= to)
    return badParameter(
      'from',
      values.to === undefined ? 'must be before now, as to is not given' : 'must be before to',
    );
  return { from, to };
}

function roundOut({ from, to }: Range, interval: Interval): Range {
  const width = INTERVAL_MS[interval];
  return { from: Math.floor(from / width) * width, to: Math.ceil(to / width) * width };
}

/** Reads `GET /v1/metrics/{action}`: what is left out defaults to the last 24 hours (30 days of days) by the hour. */
export function parseSeriesQuery({ request, params }: RouteInput, now: number): SeriesRequest | Problem {
  const action = params.action ?? '';
  if (!ACTION.test(action)) return badParameter('action', 'must be 1 to 128 of A-Z a-z 0-9 . _ : -');
  const query = readQuery(request.query, ['from', 'to', 'interval', 'fill']);
  if (query.kind === 'problem') return query;
  const { interval = 'hour', fill, ...times } = query.values;
  if (!isInterval(interval)) return badParameter('interval', 'must be minute, hour or day');
  if (fill !== undefined && fill !== 'zero') return badParameter('fill', 'must be zero, or left out');
  const range = readRange(times, interval, now);
  if ('kind' in range) return range;
  const { from, to } = roundOut(range, interval);
  const buckets = (to - from) / INTERVAL_MS[interval];
  if (buckets > MAX_BUCKETS) {
    return badParameter(
      'from',
      `the range has ${buckets} buckets of one ${interval}, at most ${MAX_BUCKETS} are answered`,
    );
  }
  return { kind: 'series', action, interval, from, to, fillsZero: fill === 'zero' };
}
