import type { ActionDelta, EntryHeader } from '@weir/aggregates';
import {
  type Alert,
  BUCKET_MS,
  type BucketInterval,
  bucketStart,
  closeOf,
  currentEpisode,
  isJudgedBy,
  isJudgedOpen,
  matchesAction,
  recoversOpen,
} from '@weir/alerts';
import type { StoredEntry } from '@weir/dynamodb';
import type { BucketToJudge } from './settle-bucket.ts';

/** The buckets that entries have rules judge at once, each once, in order for each rule. */
export function openBuckets(rules: readonly Alert[], entries: readonly StoredEntry[]): BucketToJudge[][] {
  const judging = rules.filter((rule) => isJudgedOpen(rule) || (currentEpisode(rule) && recoversOpen(rule)));
  if (judging.length === 0) return [];
  const starts = new Map<Alert, Set<number>>();
  const byAction = new Map<string, readonly Alert[]>();
  for (const { entry } of entries) {
    for (const [action, delta] of entry.delta) {
      const matching = byAction.get(action) ?? judging.filter((rule) => matchesAction(rule.action, action));
      byAction.set(action, matching);
      if (matching.length > 0) noteStarts(starts, matching, { entry, delta });
    }
  }
  return [...starts].map(([{ id, interval }, found]) =>
    [...found].sort((a, b) => a - b).map((start) => ({ alertId: id, start, interval, isClosing: false })),
  );
}

/** Whether a bucket after one of these has closed by the clock. */
export function hasClosedLater(rules: readonly Alert[], open: readonly BucketToJudge[][], now: number): boolean {
  const starts = new Map(open.flatMap(([first]) => (first ? [[first.alertId, first.start]] : [])));
  return rules.some((rule) => {
    const first = starts.get(rule.id);
    return first !== undefined && closeOf(rule, first + BUCKET_MS[rule.interval]) <= now;
  });
}

interface Touch {
  readonly entry: EntryHeader;
  readonly delta: ActionDelta;
}

function noteStarts(starts: Map<Alert, Set<number>>, rules: readonly Alert[], { entry, delta }: Touch): void {
  const touched = new Map<BucketInterval, Set<number>>();
  for (const rule of rules) {
    const inInterval = touched.get(rule.interval) ?? startsIn(rule.interval, delta);
    touched.set(rule.interval, inInterval);
    for (const start of inInterval) {
      if (start < rule.since || !isJudgedBy(rule, start, entry)) continue;
      const found = starts.get(rule) ?? new Set();
      starts.set(rule, found.add(start));
    }
  }
}

function startsIn(interval: BucketInterval, { minutes }: ActionDelta): Set<number> {
  return new Set([...minutes.keys()].map((minute) => bucketStart(interval, minute * BUCKET_MS.minute)));
}
