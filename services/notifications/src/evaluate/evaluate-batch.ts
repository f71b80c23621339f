import type { Alert } from '@weir/alerts';
import type { StoredEntry } from '@weir/dynamodb';
import { atOnce } from '../calls/at-once.ts';
import { MergedCounts } from '../counts/merged-counts.ts';
import { begunBuckets } from './begun-buckets.ts';
import type { EvaluatorDeps } from './evaluator-deps.ts';
import { FiredBuckets } from './fired-buckets.ts';
import { type ClosedRange, closedFrom, judgeClosed } from './judge-closed.ts';
import { KnownProgress } from './known-progress.ts';
import { hasClosedLater, openBuckets } from './open-buckets.ts';
import { RuleBook } from './rule-book.ts';
import { seriesNeeds } from './series-needs.ts';
import type { BucketToJudge, Settling } from './settle-bucket.ts';
import { settleOpen } from './settle-open.ts';

/** What a batch of the metrics table's stream tells. */
export interface EvaluatedBatch {
  /** New entries of any logs. */
  readonly entries: readonly StoredEntry[];
  /** The latest progress: no entry that is appended later holds an arrival before this time (epoch milliseconds). */
  readonly closedUpTo: number | undefined;
}

interface Start {
  readonly startedAt: number;
  /** Entries have a bucket judged although a later one has closed. */
  readonly isLate: boolean;
}

export type Evaluate = (batch: EvaluatedBatch) => Promise<void>;

/**
 * Judges the buckets of all rules: those that a batch's entries add to, and those that have closed. Everything that is
 * written can be repeated: if it throws, the same batch must come again. One batch is evaluated at a time.
 */
export function createEvaluator({ counts: store, alerts, now }: EvaluatorDeps): Evaluate {
  const counts = new MergedCounts({ store, now });
  const rules = new RuleBook({ alerts, now });
  const known = new KnownProgress();
  const settling: Settling = {
    ...{ alerts, now, rules, fired: new FiredBuckets() },
    counts: {
      figures: (series, start) => counts.figures(series, start),
      get closedUpTo() {
        return known.closedUpTo;
      },
      get judgedUpTo() {
        return known.judgedUpTo;
      },
      // The logs do not tell of a shard that has none yet.
      get asOf() {
        return known.closedUpTo ?? counts.asOf;
      },
    },
  };

  /** Those of each rule in order. */
  const settleEach = (ofRules: readonly (readonly BucketToJudge[])[]) =>
    atOnce(ofRules, async (buckets) => {
      for (const bucket of buckets) await settleOpen(settling, bucket);
    });

  /** Reads how far closed buckets were judged, if that is needed, and then all that is counted. */
  async function read(
    enabled: readonly Alert[],
    { entries, closedUpTo }: EvaluatedBatch,
    { startedAt, isLate }: Start,
  ) {
    const isClosing = closedUpTo !== undefined;
    const isRead = isClosing || isLate || known.isOld(startedAt);
    const cursor = isRead ? await alerts.readCursor() : undefined;
    const arrivals = entries.map(({ entry }) => entry.firstArrival);
    const closed = isClosing ? closedFrom({ cursor, closedUpTo, now: startedAt }) : startedAt;
    const since = Math.min(startedAt, ...arrivals, closed);
    const needs = seriesNeeds(enabled, { since, cursor: isClosing ? cursor : undefined });
    if (needs.length > 0) await counts.refresh(needs);
    if (isRead) known.note(startedAt, { closedUpTo, cursor });
    return cursor;
  }

  async function close(enabled: readonly Alert[], range: ClosedRange): Promise<void> {
    await judgeClosed(settling, enabled, range);
    known.noteJudged(range.closedUpTo);
    const judged = enabled.flatMap(({ id }) => rules.get(id) ?? []);
    await settleEach(begunBuckets(judged, { ...range, closedUpTo: known.closedUpTo ?? range.closedUpTo }));
  }

  async function evaluate(batch: EvaluatedBatch): Promise<void> {
    const { entries, closedUpTo } = batch;
    const isClosing = closedUpTo !== undefined;
    const enabled = await rules.rules({ isFresh: isClosing });
    const open = openBuckets(enabled, entries);
    if (!isClosing && open.length === 0) return;
    const startedAt = now();
    // What fires now may be over: another instance may have judged a later bucket a moment ago.
    const isLate = hasClosedLater(enabled, open, startedAt);
    const cursor = await read(enabled, batch, { startedAt, isLate });
    await settleEach(open);
    if (isClosing) await close(enabled, { cursor, closedUpTo, now: startedAt });
  }

  let turn: Promise<unknown> = Promise.resolve();
  return (batch) => {
    const run = turn.catch(() => undefined).then(() => evaluate(batch));
    turn = run;
    return run;
  };
}
