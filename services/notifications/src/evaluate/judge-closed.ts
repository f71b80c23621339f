import { type Alert, closeOf, closings, type EvaluationCursor, type LastEvaluated } from '@weir/alerts';
import { atOnce } from '../calls/at-once.ts';
import { CAUGHT_UP_MS } from './series-needs.ts';
import { type Settling, settleBucket } from './settle-bucket.ts';

/** The cursor moves after so much: an execution that is cut off leaves this much to do again. */
const STEP_MS = 900_000;

/** Where to go on, and how far. */
export interface ClosedRange {
  readonly cursor: EvaluationCursor | undefined;
  readonly closedUpTo: number;
  readonly now: number;
}

/** Judges all buckets that have closed since the cursor, and moves it, step by step. */
export async function judgeClosed(deps: Settling, rules: readonly Alert[], range: ClosedRange): Promise<void> {
  const { closedUpTo, now } = range;
  const oldest = oldestClose(range);
  let lastEvaluated = knownOf(rules, range.cursor);
  let at = closedFrom(range);
  while (at < closedUpTo) {
    const upTo = Math.min(closedUpTo, Math.max(at + STEP_MS, firstClose(rules, at)));
    lastEvaluated = await judgeStep(deps, rules, { upTo, oldest, lastEvaluated });
    const isMoved = await deps.alerts.moveCursor({ evaluatedUpTo: upTo, at: deps.now(), lastEvaluated });
    // Another instance is further, and may die before it has judged as much as is asked for here.
    if (!isMoved) return judgeClosed(deps, rules, { cursor: await deps.alerts.readCursor(), closedUpTo, now });
    at = upTo;
  }
}

/** Buckets that closed at this time or before (epoch milliseconds) were judged, or are passed over. */
export function closedFrom(range: ClosedRange): number {
  return Math.max(range.cursor?.evaluatedUpTo ?? Number.NEGATIVE_INFINITY, oldestClose(range));
}

/** After an outage, the first progress of the table's stream is from long ago. */
function oldestClose({ closedUpTo, now }: ClosedRange): number {
  return Math.max(closedUpTo, now) - CAUGHT_UP_MS;
}

interface Step {
  readonly upTo: number;
  readonly oldest: number;
  readonly lastEvaluated: ReadonlyMap<string, LastEvaluated>;
}

async function judgeStep(deps: Settling, rules: readonly Alert[], step: Step): Promise<Map<string, LastEvaluated>> {
  const lastEvaluated = new Map(step.lastEvaluated);
  await atOnce(rules, async (rule) => {
    const judged = lastEvaluated.get(rule.id)?.bucket;
    for (const start of closings(rule, { after: step.oldest, upTo: step.upTo, judged })) {
      const { id: alertId, interval } = rule;
      const look = await settleBucket(deps, { alertId, start, interval, isClosing: true });
      if (look) lastEvaluated.set(alertId, { bucket: start, value: look.value, at: deps.now() });
    }
  });
  return lastEvaluated;
}

/** What is known of rules that are still there. */
function knownOf(rules: readonly Alert[], cursor: EvaluationCursor | undefined): Map<string, LastEvaluated> {
  const known = new Map<string, LastEvaluated>();
  for (const { id } of rules) {
    const last = cursor?.lastEvaluated.get(id);
    if (last) known.set(id, last);
  }
  return known;
}

/** No rule has a bucket that closes after `at` and before this time. */
function firstClose(rules: readonly Alert[], at: number): number {
  return Math.min(...rules.map((rule) => Math.max(at, closeOf(rule, rule.since))));
}
