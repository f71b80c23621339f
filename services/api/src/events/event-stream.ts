/** One event on its way to the stream. */
export interface StreamEntry {
  /** The event's id, so that all copies of an event meet in one shard. */
  readonly partitionKey: string;
  /** The event's JSON. */
  readonly data: string;
}

/** All of them are on the stream, or at least one is not. */
export type PutOutcome = { readonly kind: 'stored' } | { readonly kind: 'unavailable'; readonly missing: number };

/** Puts events on the stream. `stored` is a promise: every entry was acknowledged. */
export interface EventStream {
  put(entries: readonly StreamEntry[]): Promise<PutOutcome>;
}
