/** An event for an instance of a function. */
export interface Call {
  readonly event: unknown;
  readonly requestId: string;
  readonly deadlineMs: number;
}

/** The result for it. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly stack: string };

/** An instance's answer. */
export interface InstanceAnswer {
  readonly outcome: Outcome;
  /** The files of the function's folder that were loaded since the last answer. */
  readonly loaded: readonly string[];
  /** CPU of the instance since it began, loading included. */
  readonly cpuMs: number;
}
