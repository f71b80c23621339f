import type { ActionSummary, MetricsReader, Series, SeriesQuery } from '@weir/dynamodb';

/** A reader with fixed answers that records its calls and can be down. */
export interface StubMetricsReader extends MetricsReader {
  readonly queries: SeriesQuery[];
  series: Series;
  actions: ActionSummary[];
  isDown: boolean;
}

/** Makes one without events. */
export function createStubMetricsReader(): StubMetricsReader {
  return {
    queries: [],
    series: { buckets: [], total: undefined, asOf: undefined },
    actions: [],
    isDown: false,
    async readSeries(query) {
      this.queries.push(query);
      if (this.isDown) throw new Error('down');
      return { ...this.series, heads: {} };
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
