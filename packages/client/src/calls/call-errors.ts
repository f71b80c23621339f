import type { ProblemName } from '../api/operations.ts';
import type { Problem } from '../api/schemas.ts';

const PREFIX = 'urn:weir:problem:';

/** Something that the client cannot do; the subclasses say what. */
export class WeirError extends Error {
  override readonly name: string = 'WeirError';
}

/** What is known of an answer that is no success. */
export interface RefusedAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Of the header `retry-after`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Undefined if the answer is not of Weir: that of a proxy, or a status without a body. */
  readonly problem: Problem | undefined;
}

/** The API refused a request, and trying again did not help, or cannot help. Branch on `problem`. */
export class ProblemError extends WeirError {
  override readonly name = 'ProblemError';
  /** The end of the problem's `type`, which is stable; `unknown` for an answer that is not of Weir. */
  readonly problem: ProblemName | 'unknown' | (string & Record<never, never>);
  readonly status: number;
  /** For people; may change. */
  readonly detail: string | undefined;
  /** The faults of the request, each with its place. */
  readonly errors: NonNullable<Problem['errors']>;
  /** Identifies the request in the log of Weir. */
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ status, requestId, retryAfterMs, problem }: RefusedAnswer) {
    super(`${status} ${problem?.title ?? 'without a problem'}${problem?.detail ? `: ${problem.detail}` : ''}`);
    this.problem = problem?.type.startsWith(PREFIX) ? problem.type.slice(PREFIX.length) : 'unknown';
    this.status = status;
    this.detail = problem?.detail;
    this.errors = problem?.errors ?? [];
    this.requestId = requestId ?? problem?.requestId;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came: no network, no such host, or none in time. `cause` says what happened. */
export class UnreachableError extends WeirError {
  override readonly name = 'UnreachableError';
}
