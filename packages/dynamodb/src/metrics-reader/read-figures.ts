import { DDSketch, emptyTotals, HyperLogLog, mergeTotals } from '@weir/aggregates';
import type { AlertRule, Figures } from '@weir/alerts';
import type { BucketsReader } from './metrics-reader.ts';
import type { MergeableBucket } from './series.ts';
import { summarise } from './summarise.ts';

/** The actions and the buckets to read. Times are epoch milliseconds; `to` is exclusive. */
export interface FiguresQuery {
  readonly actions: readonly string[];
  readonly interval: AlertRule['interval'];
  readonly from: number;
  readonly to: number;
}

/** What was counted. `asOf` as for metrics. */
export interface FiguresRead {
  /** By the start of the bucket, empty ones left out. */
  readonly figures: ReadonlyMap<number, Figures>;
  readonly asOf: number | undefined;
}

type Merged = Omit<MergeableBucket, 'start' | 'end'>;

/** The figures of some actions as one series. */
export async function readFigures(
  reader: BucketsReader,
  { actions, interval, from, to }: FiguresQuery,
): Promise<FiguresRead> {
  const merged = new Map<number, Merged>();
  let asOf: number | undefined;
  for (const action of actions) {
    const read = await reader.readBuckets({ action, interval, from, to });
    asOf = read.asOf;
    for (const bucket of read.buckets) mergeInto(merged, bucket);
  }
  return { figures: new Map([...merged].map(([start, bucket]) => [start, figuresOf(bucket)])), asOf };
}

function mergeInto(merged: Map<number, Merged>, { start, totals, users, values }: MergeableBucket): void {
  const into = merged.get(start) ?? {
    totals: emptyTotals(),
    users: users && new HyperLogLog(),
    values: values && new DDSketch(),
  };
  merged.set(start, into);
  mergeTotals(into.totals, totals);
  if (users) into.users?.merge(users);
  if (values) into.values?.merge(values);
}

function figuresOf(bucket: Merged): Figures {
  const { count, sum, users, p95 } = summarise(bucket);
  return { count, sum, users, p95 };
}
