import type { DeliveryOutcome } from '@weir/dynamodb/webhooks';
import { readRetryAfter, retryDelayMs } from '@weir/webhooks';
import type { PostResult } from '@weir/webhooks/sending';
import { attemptOf } from './attempt-of.ts';
import type { AttemptSign } from './next-health.ts';

const MINUTE_MS = 60_000;
const MAX_WAIT_MS = 24 * 60 * MINUTE_MS;
/** An endpoint that asks for less is left alone for so long, and for no longer than the other. */
const MIN_PAUSE_MS = MINUTE_MS;
const MAX_PAUSE_MS = 60 * MINUTE_MS;
/** The first two waits are delays of a queue, which can be 15 minutes at most. The clock does all others. */
const MAX_DELAY_MS = 10 * MINUTE_MS;
/** If a delayed message was lost, the clock sends it after this time. */
const GRACE_MS = 2 * MINUTE_MS;

const TOO_MANY_REQUESTS = 429;
const BAD_GATEWAY = 502;
const GATEWAY_TIMEOUT = 504;
const GONE = 410;
const ABORT = 'abort-message';

/** An endpoint that takes longer goes to the slow queue. */
export const SLOW_MS = 2_000;

/** What an attempt means for its delivery and for its endpoint. */
export interface Judgement {
  readonly outcome: DeliveryOutcome;
  /** `gone`: it wants no request ever. */
  readonly sign: AttemptSign | 'gone';
  /** The next attempt, if a queue's delay is to bring it. */
  readonly delaySeconds?: number;
}

export interface JudgeOptions {
  /** Attempts that had failed before, since the delivery was asked for. */
  readonly failedBefore: number;
  readonly now: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: number;
}

/** Decides by the result of a POST, and by nothing else. */
export function judgeResult(result: PostResult, options: JudgeOptions): Judgement {
  const attempt = attemptOf(result);
  const { status } = attempt;
  const good = { kind: result.durationMs >= SLOW_MS ? 'good-and-slow' : 'good' } as const;
  if (isSuccess(status)) return { outcome: { status: 'delivered', attempt }, sign: good };
  if (status === GONE) return { outcome: { status: 'failed', reason: 'gone', attempt }, sign: 'gone' };
  if (result.kind === 'refused') {
    return { outcome: { status: 'failed', reason: 'refused-address', attempt }, sign: { kind: 'failed' } };
  }
  // It took the message, and wants it no more: that is no failure of the endpoint.
  if (isAborted(result)) return { outcome: { status: 'failed', reason: 'aborted', attempt }, sign: good };
  return judgeFailure(result, options);
}

function judgeFailure(result: PostResult, { failedBefore, now, random }: JudgeOptions): Judgement {
  const attempt = attemptOf(result);
  const askedMs = askedWait(result, now);
  const sign = { kind: 'failed', pausedUntil: pauseOf(attempt.status, now, askedMs) } as const;
  const delayMs = retryDelayMs(failedBefore + 1, random);
  if (delayMs === undefined) return { outcome: { status: 'failed', reason: 'exhausted', attempt }, sign };
  const waitMs = Math.max(delayMs, askedMs ?? 0);
  const nextAttemptAt = now + waitMs;
  if (waitMs > MAX_DELAY_MS) return { outcome: { status: 'pending', nextAttemptAt, attempt }, sign };
  const outcome = { status: 'pending', nextAttemptAt, dueAt: nextAttemptAt + GRACE_MS, attempt } as const;
  return { outcome, sign, delaySeconds: Math.ceil(waitMs / 1000) };
}

function askedWait(result: PostResult, now: number): number | undefined {
  return result.kind === 'answered' ? readRetryAfter(result.retryAfter, { now, maxMs: MAX_WAIT_MS }) : undefined;
}

/** These say that the receiver has too much to do: its other messages wait as well. */
function pauseOf(status: number | undefined, now: number, askedMs = 0): number | undefined {
  if (status !== TOO_MANY_REQUESTS && status !== BAD_GATEWAY && status !== GATEWAY_TIMEOUT) return undefined;
  return now + Math.min(Math.max(askedMs, MIN_PAUSE_MS), MAX_PAUSE_MS);
}

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}

function isAborted(result: PostResult): boolean {
  return result.kind === 'answered' && result.delivery?.trim().toLowerCase() === ABORT;
}
