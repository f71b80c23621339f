import type { ActionSummary, BucketsRead, BucketsReader, MetricsReader, Series, SeriesQuery } from '@weir/dynamodb';

/** A reader with fixed answers that records its calls and can be down. */
export interface StubMetricsReader extends MetricsReader, BucketsReader {
  readonly queries: SeriesQuery[];
  series: Series;
  /** By action. */
  buckets: Record<string, BucketsRead['buckets']>;
  actions: ActionSummary[];
  isDown: boolean;
}

/** Makes one without events. */
export function createStubMetricsReader(): StubMetricsReader {
  return {
    queries: [],
    series: { buckets: [], total: undefined, asOf: undefined },
    buckets: {},
    actions: [],
    isDown: false,
    async readSeries(query) {
      this.queries.push(query);
      if (this.isDown) throw new Error('down');
      return { ...this.series, heads: {} };
    },
    async readBuckets(query) {
      this.queries.push(query);
      if (this.isDown) throw new Error('down');
      return { buckets: this.buckets[query.action] ?? [], asOf: this.series.asOf, heads: {} };
    },
    async recheck() {
      return undefined;
    },
    async listActions() {
      if (this.isDown) throw new Error('down');
      return this.actions;
    },
  };
}
