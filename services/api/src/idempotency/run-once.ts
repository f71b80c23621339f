/** How long an answer is stored for its `Idempotency-Key`. */
export const REMEMBERED_SECONDS = 24 * 3600;

/** A request that must take effect once. */
export interface OnceRequest {
  /** Identifies the request by its caller, its path and its key. */
  readonly id: string;
  /** A hash of the request's content. The same id with another fingerprint is another request. */
  readonly fingerprint: string;
  /** The time until this process ends, in milliseconds. In this time no other process may run the request. */
  readonly remainingMs: number;
}

/** Runs the request and returns the text to store; undefined if the same request may be tried again. */
export type Work = () => Promise<string | undefined>;

/** The outcome for a request. */
export type OnceOutcome =
  /** It ran now. */
  | { readonly kind: 'ran' }
  /** It ran before. This is the stored text. */
  | { readonly kind: 'replay'; readonly text: string }
  /** It runs at this moment, or its process died and its time is not over. */
  | { readonly kind: 'in-progress' }
  /** The id belongs to a request with another fingerprint. */
  | { readonly kind: 'reused' }
  /** It did not run, as it is unknown whether it ran before. */
  | { readonly kind: 'unavailable' };

/** Runs a request once. If `work` rejects, it rejects with the same error and stores nothing. */
export type RunOnce = (request: OnceRequest, work: Work) => Promise<OnceOutcome>;
