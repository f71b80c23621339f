import { type Alert, BUCKET_MS, closeOf, currentEpisode, toldBucket } from '@weir/alerts';
import { isClosed } from './look-at-bucket.ts';
import { type BucketToJudge, type Settling, settleBucket } from './settle-bucket.ts';

/**
 * Judges a bucket that entries have added to. If these came late and it begins to fire, later buckets have closed
 * already: the first one for which the rule is false ends it at once.
 */
export async function settleOpen(deps: Settling, bucket: BucketToJudge): Promise<void> {
  const look = await settleBucket(deps, bucket);
  if (look?.verdict !== 'true') return;
  let start = bucket.start;
  // Each time, the rule may be another.
  for (let alert = firingSince(deps, bucket); alert; alert = firingSince(deps, bucket)) {
    start += BUCKET_MS[alert.interval];
    if (!isClosed(deps.counts.judgedUpTo, closeOf(alert, start))) return;
    await settleBucket(deps, { ...bucket, start, isClosing: true, isPast: true });
  }
}

/** The rule, if what fires was told with this bucket. */
function firingSince({ rules }: Settling, { alertId, start, interval }: BucketToJudge): Alert | undefined {
  const alert = rules.get(alertId);
  const episode = alert && currentEpisode(alert);
  return episode && alert.interval === interval && toldBucket(episode) === start ? alert : undefined;
}
