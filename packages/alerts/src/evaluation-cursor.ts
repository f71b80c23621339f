/** The last closed bucket that a rule judged. Times are epoch milliseconds. */
export interface LastEvaluated {
  /** Start of the bucket. */
  readonly bucket: number;
  /** Null where the bucket has no such value. */
  readonly value: number | null;
  readonly at: number;
}

/** How far closed buckets were judged, and what each rule saw last. It moves after the firings are written. */
export interface EvaluationCursor {
  /** Every bucket that was closed at this time (`closedUpTo`, epoch milliseconds) was judged. */
  readonly evaluatedUpTo: number;
  readonly at: number;
  /** By the id of the alert; without those that judged none yet. */
  readonly lastEvaluated: ReadonlyMap<string, LastEvaluated>;
}
