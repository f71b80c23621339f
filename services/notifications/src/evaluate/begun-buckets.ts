import { type Alert, BUCKET_MS, bucketStart, closeOf, currentEpisode, isJudgedOpen, recoversOpen } from '@weir/alerts';
import type { BucketToJudge } from './settle-bucket.ts';

/** A progress that is older is judged after an outage: what is open is then judged with the next one. */
const MAX_AGE_MS = 180_000;
/** So long after a change, an instance may have judged entries by the rule as it was. */
const CHANGED_MS = 180_000;

export interface Begun {
  readonly closedUpTo: number;
  readonly now: number;
}

/**
 * The buckets that are judged with the progress although they are open, for each rule in order. An instance may not have
 * known that the rule fires when entries made one pass, or the rule as it is now. And the bucket that a rule compares
 * with may have closed after the entries came.
 */
export function begunBuckets(rules: readonly Alert[], { closedUpTo, now }: Begun): BucketToJudge[][] {
  if (now - closedUpTo > MAX_AGE_MS) return [];
  return rules.map((rule) => {
    const { id: alertId, interval } = rule;
    const starts = begunStarts(rule, { from: firstBegun(rule, { closedUpTo, now }), to: now });
    return starts.map((start) => ({ alertId, start, interval, isClosing: false }));
  });
}

/** Infinite of a rule that closed buckets are enough for. */
function firstBegun(rule: Alert, { closedUpTo, now }: Begun): number {
  const width = BUCKET_MS[rule.interval];
  const lastClosed = bucketStart(rule.interval, closedUpTo - closeOf(rule, 0));
  const mayFire = isJudgedOpen(rule) && (rule.relative || now - rule.updatedAt < CHANGED_MS);
  if (mayFire) return Math.max(rule.since, lastClosed + width);
  const episode = currentEpisode(rule);
  if (!episode || !recoversOpen(rule)) return Number.POSITIVE_INFINITY;
  // Late events may have made the latest one pass. Of a rule that has changed since, only a later one ends what fires.
  const isAsFired = rule.updatedAt < closeOf(rule, episode.latest);
  return Math.max(lastClosed, isAsFired ? episode.latest : episode.latest + width);
}

function begunStarts({ interval }: Alert, { from, to }: { readonly from: number; readonly to: number }): number[] {
  const starts: number[] = [];
  for (let start = from; start <= to; start += BUCKET_MS[interval]) starts.push(start);
  return starts;
}
