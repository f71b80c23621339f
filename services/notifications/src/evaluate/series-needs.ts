import { type Alert, baselineDistance, bucketStart, type EvaluationCursor, earliestJudged } from '@weir/alerts';
import type { SeriesNeed } from '../counts/merged-series.ts';

/** After an outage, buckets that closed earlier are passed over. */
export const CAUGHT_UP_MS = 86_400_000;

/** From where on buckets may be judged. */
export interface JudgedFrom {
  /** The earliest arrival of an entry, or close of a bucket, epoch milliseconds. */
  readonly since: number;
  /** Where closed buckets are judged. */
  readonly cursor: EvaluationCursor | undefined;
}

/** The series that the rules look at, each from the earliest bucket that may be judged, or its baseline. */
export function seriesNeeds(rules: readonly Alert[], judged: JudgedFrom): SeriesNeed[] {
  const needs = new Map<string, SeriesNeed>();
  for (const rule of rules) {
    const { action: pattern, interval, field } = rule;
    const key = `${interval}#${pattern}`;
    const other = needs.get(key);
    const from = firstJudged(rule, judged) - baselineDistance(rule);
    const hasSketches = interval !== 'minute' && (field === 'users' || field === 'p95');
    needs.set(key, {
      ...{ pattern, interval },
      from: Math.min(from, other?.from ?? from),
      hasSketches: hasSketches || (other?.hasSketches ?? false),
    });
  }
  return [...needs.values()];
}

function firstJudged(rule: Alert, { since, cursor }: JudgedFrom): number {
  const earliest = bucketStart(rule.interval, earliestJudged(rule, since));
  if (!cursor) return earliest;
  // If the rule waits for late events less long than before, it has not judged buckets that closed by now.
  const last = cursor.lastEvaluated.get(rule.id)?.bucket ?? rule.since;
  return Math.min(earliest, Math.max(last, rule.since, earliestJudged(rule, since - CAUGHT_UP_MS)));
}
