import type { Firing } from '@weir/alerts';
import { formatTime } from '../../times/parse-time.ts';

/** A firing in the form of answers, with the rule as it was then. */
export function presentFiring(firing: Firing): object {
  const { id, rule, bucket, value, baseline, count, asOf, late, notified, firedAt, recovery } = firing;
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
  };
}
