import type { Firing, MailOutcome } from '@weir/alerts';
import { formatTime } from '../../times/parse-time.ts';

/** A firing in the form of answers, with the rule as it was then. */
export function presentFiring(firing: Firing): object {
  const { id, rule, bucket, value, baseline, count, asOf, late, notified, firedAt, recovery, mails } = firing;
  const { action, field, comparison, threshold, relative } = rule;
  return {
    ...{ id, action, field, comparison },
    ...(threshold !== undefined && { threshold }),
    ...(relative && { relative }),
    bucket: { ...bucket, start: formatTime(bucket.start), end: formatTime(bucket.end) },
    value,
    ...(baseline !== undefined && { baseline }),
    ...{ count, asOf: asOf === undefined ? null : formatTime(asOf), late, notified, firedAt: formatTime(firedAt) },
    ...(recovery && { recoveredAt: formatTime(recovery.recoveredAt) }),
    ...(mails && { mails: countOutcomes(Object.values(mails)) }),
  };
}

/** No address: those of a rule are in the rule. */
function countOutcomes(outcomes: readonly MailOutcome[]): Partial<Record<MailOutcome, number>> {
  const counts: Partial<Record<MailOutcome, number>> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
