export type Dimensions = Readonly<Record<string, string>>;

/** The identity of a metric in CloudWatch: its namespace, its name and all of its dimensions. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

/** A value that was sent to CloudWatch. */
export interface Datapoint extends MetricId {
  /** Its time stamp, epoch milliseconds. */
  readonly at: number;
  /** The time at which it was sent. Lambda sends a value at the end of a call, with the time stamp of its beginning. */
  readonly sentAt: number;
  readonly value: number;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** The ways to combine the values of a period, by CloudWatch's names. */
export const STATISTICS = {
  Sum: sum,
  Maximum: (values: readonly number[]) => Math.max(...values),
  Minimum: (values: readonly number[]) => Math.min(...values),
  Average: (values: readonly number[]) => sum(values) / values.length,
  p99: (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1] ?? 0,
};

export type Statistic = keyof typeof STATISTICS;

/** The values of one metric. */
type Series = readonly Pick<Datapoint, 'at' | 'sentAt' | 'value'>[];

/** All values that were sent to CloudWatch, by metric. */
export class Datapoints {
  readonly #series = new Map<string, Series>();
  /** The same by the objects that ask: to compute a metric's key each time takes longer than all the rest. */
  readonly #asked = new WeakMap<MetricId, Series>();

  constructor(datapoints: readonly Datapoint[]) {
    for (const [key, series] of Map.groupBy(datapoints, keyOf)) {
      this.#series.set(
        key,
        series.toSorted((a, b) => a.at - b.at),
      );
    }
  }

  /** Combines the values stamped from `from` to before `to` and sent by `sentBy`; undefined if there are none. */
  aggregate(metric: MetricId, statistic: Statistic, span: { from: number; to: number; sentBy: number }) {
    const values: number[] = [];
    const series = this.#seriesOf(metric);
    for (let i = firstFrom(series, span.from); i < series.length; i++) {
      const point = series[i];
      if (point === undefined || point.at >= span.to) break;
      if (point.sentAt <= span.sentBy) values.push(point.value);
    }
    return values.length === 0 ? undefined : STATISTICS[statistic](values);
  }

  #seriesOf(metric: MetricId): Series {
    const series = this.#asked.get(metric) ?? this.#series.get(keyOf(metric)) ?? [];
    this.#asked.set(metric, series);
    return series;
  }
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function firstFrom(series: Series, from: number): number {
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((series[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
