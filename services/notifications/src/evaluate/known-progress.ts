import type { EvaluationCursor } from '@weir/alerts';

/** How old what is known may be, before a batch of entries. `closedUpTo` moves each minute. */
const MAX_AGE_MS = 60_000;

/** Up to where buckets are closed, as this instance knows it: progress may go to another one. */
export class KnownProgress {
  /** Everything that arrived before is counted, epoch milliseconds; undefined before the first progress. */
  closedUpTo: number | undefined;
  /** Buckets that close up to this time were judged. */
  judgedUpTo: number | undefined;
  #notedAt = Number.NEGATIVE_INFINITY;

  isOld(now: number): boolean {
    return now - this.#notedAt > MAX_AGE_MS;
  }

  /** Notes what was read before the counts, once these are read. */
  note(
    now: number,
    { closedUpTo, cursor }: { closedUpTo: number | undefined; cursor: EvaluationCursor | undefined },
  ): void {
    this.#notedAt = now;
    this.noteJudged(cursor?.evaluatedUpTo);
    this.closedUpTo = latest(latest(this.closedUpTo, closedUpTo), this.judgedUpTo);
  }

  noteJudged(upTo: number | undefined): void {
    this.judgedUpTo = latest(this.judgedUpTo, upTo);
  }
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
