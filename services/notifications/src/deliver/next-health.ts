import { type EndpointHealth, GOOD_HEALTH } from '@weir/dynamodb/webhooks';

const DAY_MS = 24 * 60 * 60_000;
/** A success before that ends it. */
const FAILING_MS = 5 * DAY_MS;
/** So many failures within a day begin it: one alone says nothing of an endpoint that gets few messages. */
const SEVERAL = 3;

type Health = Omit<EndpointHealth, 'revision'>;

/** What an attempt says of its endpoint: `slow` took longer than an endpoint of the fast queue may. */
export type AttemptSign =
  | { readonly kind: 'good' | 'good-and-slow' }
  /** There is no answer yet. */
  | { readonly kind: 'slow' }
  | { readonly kind: 'failed'; readonly pausedUntil?: number | undefined };

/** The health after an attempt; `undefined` if it stays as it is. */
export function nextHealth(health: Health, sign: AttemptSign, now: number): Health | undefined {
  const next = healthAfter(health, sign, now);
  return isSame(health, next) ? undefined : next;
}

/** Whether an endpoint has failed for so long, without a success, that it is disabled. */
export function isFailingForLong({ firstFailureAt, failures }: Health, now: number): boolean {
  return firstFailureAt !== undefined && failures >= SEVERAL && now - firstFailureAt >= FAILING_MS;
}

function healthAfter(health: Health, sign: AttemptSign, now: number): Health {
  if (sign.kind === 'failed') return afterFailure(health, now, sign.pausedUntil);
  return sign.kind === 'slow' ? { ...health, slow: true } : afterSuccess(health, now, sign.kind === 'good-and-slow');
}

/** A request that was under way may succeed after another one was told to wait: that pause stays. */
function afterSuccess({ pausedUntil = 0 }: Health, now: number, slow: boolean): Health {
  return { ...GOOD_HEALTH, slow, pausedUntil: pausedUntil > now ? pausedUntil : undefined };
}

function afterFailure(health: Health, now: number, pausedUntil: number | undefined): Health {
  const { firstFailureAt = now, failures } = health;
  const isNew = failures < SEVERAL && now - firstFailureAt > DAY_MS;
  const counted = isNew ? { firstFailureAt: now, failures: 1 } : { firstFailureAt, failures: countOne(failures) };
  return { ...counted, slow: true, pausedUntil: later(health.pausedUntil, pausedUntil) };
}

/** Further failures change nothing, so that a dead endpoint costs no writes. */
function countOne(failures: number): number {
  return Math.min(failures + 1, SEVERAL);
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function isSame(a: Health, b: Health): boolean {
  const isSameRun = a.firstFailureAt === b.firstFailureAt && a.failures === b.failures;
  return isSameRun && a.slow === b.slow && a.pausedUntil === b.pausedUntil;
}
