/** One event on its way to the stream. */
export interface StreamEntry {
  /** The event's id, so that all copies of an event arrive in one shard. */
  readonly partitionKey: string;
  /** The event's JSON. */
  readonly data: string;
}

/** All entries are on the stream, or at least one is not. */
export type PutOutcome = { readonly kind: 'stored' } | { readonly kind: 'unavailable'; readonly missing: number };

/** Puts events on the stream. `stored` means that Kinesis acknowledged every entry. */
export interface EventStream {
  put(entries: readonly StreamEntry[]): Promise<PutOutcome>;
}
