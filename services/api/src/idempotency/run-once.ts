/** How long an answer is remembered under its `Idempotency-Key`. */
export const REMEMBERED_SECONDS = 24 * 3600;

/** A request that must have its effect once. */
export interface OnceRequest {
  /** Names the request: whoever sends it, where to, and under which key. */
  readonly id: string;
  /** Of what it asks for: another one under the same id is another request. */
  readonly fingerprint: string;
  /** Milliseconds until this process is ended: as long, nobody else may run it. */
  readonly remainingMs: number;
}

/** Does it, and gives the text that is remembered; undefined where the same request may be tried again. */
export type Work = () => Promise<string | undefined>;

/** What became of it. */
export type OnceOutcome =
  /** It was run now. */
  | { readonly kind: 'ran' }
  /** It was run before: this is what was remembered. */
  | { readonly kind: 'replay'; readonly text: string }
  /** It runs at this moment, or did when its process died, and its time is not over. */
  | { readonly kind: 'in-progress' }
  /** The id belongs to a request with another fingerprint. */
  | { readonly kind: 'reused' }
  /** It was not run, as nobody can tell whether it was before. */
  | { readonly kind: 'unavailable' };

/** Runs a request once. Rejects with what `work` rejected with, and then nothing is remembered. */
export type RunOnce = (request: OnceRequest, work: Work) => Promise<OnceOutcome>;
