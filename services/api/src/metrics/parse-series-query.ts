import { INTERVAL_MS, type Interval } from '@weir/dynamodb';
import { badParameter, badParameters, type Fault, type Problem } from '../http/answers/problem.ts';
import { parseTimes, type QueryTimes } from '../http/requests/query-times.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { MAX_BUCKETS } from './limits.ts';

/** The length of a range without `from`. */
const DEFAULT_SPAN_MS = { minute: 86_400_000, hour: 86_400_000, day: 30 * 86_400_000 } as const;

const ACTION = /^(?!\.{1,2}$)[A-Za-z0-9._:-]{1,128}$/;
const ACTION_RULE = 'must be 1 to 128 of A-Z a-z 0-9 . _ : - and not . or ..';

/** A checked query. The range is already rounded to the interval. */
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

/** Reads the query of `GET /v1/metrics/{action}`. The default is the last 24 hours by the hour (30 days for days). */
export function parseSeriesQuery({ request, params }: RouteInput, now: number): SeriesRequest | Problem {
  const { action = '' } = params;
  const query = readQuery(request.query, ['from', 'to', 'interval', 'fill']);
  const { interval = 'hour', fill } = query.values;
  const { from, to, faults: badTimes } = parseTimes(query.values);
  const faults = [...query.faults, ...findFaults({ action, interval, fill }), ...badTimes];
  if (faults.length > 0 || !isInterval(interval)) return badParameters(faults);
  const range = findRange({ from, to }, interval, now);
  if ('kind' in range) return range;
  return { kind: 'series', action, interval, ...range, fillsZero: fill === 'zero' };
}

/** The faults of each parameter by itself. */
function findFaults({
  action,
  interval,
  fill,
}: {
  action: string;
  interval: string;
  fill: string | undefined;
}): Fault[] {
  const faults: Fault[] = [];
  if (!ACTION.test(action)) faults.push({ parameter: 'action', detail: ACTION_RULE });
  if (!isInterval(interval)) faults.push({ parameter: 'interval', detail: 'must be minute, hour or day' });
  if (fill !== undefined && fill !== 'zero') faults.push({ parameter: 'fill', detail: 'must be zero, or missing' });
  return faults;
}

function isInterval(text: string): text is Interval {
  return Object.hasOwn(INTERVAL_MS, text);
}

/** The range between `from` (or the default length) and `to` (or now), extended to whole buckets. */
function findRange({ from, to }: Pick<QueryTimes, 'from' | 'to'>, interval: Interval, now: number): Range | Problem {
  const end = to ?? now;
  const start = from ?? Math.max(0, end - DEFAULT_SPAN_MS[interval]);
  if (start >= end) {
    return badParameter('from', to === undefined ? 'must be before now, the default of to' : 'must be before to');
  }
  const width = INTERVAL_MS[interval];
  const range = { from: Math.floor(start / width) * width, to: Math.ceil(end / width) * width };
  const buckets = (range.to - range.from) / width;
  if (buckets <= MAX_BUCKETS) return range;
  return badParameter('from', `the range has ${buckets} buckets of one ${interval}; ask for at most ${MAX_BUCKETS}`);
}
