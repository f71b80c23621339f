import type { ObjectStore } from '@weir/archive';
import type { MetricsStore } from '@weir/dynamodb';
import type { Logger, Meter } from '@weir/logging';
import { removeOrphans, rewriteClosedHours } from '../archive/rewrite-hours.ts';
import { FOLD_AGE_MS } from '../fold/fold-due.ts';
import { type FoldProgress, foldLog } from '../fold/fold-log.ts';

/** A shard's own consumer folds first. The sweep folds a log that has waited this much longer. */
const GRACE_MS = 60_000;

export interface SweepDeps {
  readonly store: MetricsStore;
  readonly objects: ObjectStore;
  readonly now: () => number;
  readonly log: Logger;
  readonly meter: Meter;
}

/** Looks after the logs of quiet shards: folds the entries that wait, and rewrites closed hours of the archive. */
export class Sweeper {
  readonly #deps: SweepDeps;
  readonly #progress = new Map<string, FoldProgress>();

  constructor(deps: SweepDeps) {
    this.#deps = deps;
  }

  /** Goes through all logs once. A log that fails does not stop the others. */
  async sweep(deadline: number): Promise<void> {
    const { store, meter } = this.#deps;
    let oldest = 0;
    for (const { logId, watermark } of await store.list()) {
      await this.#attempt('FoldsFailed', logId, async () => {
        const age = await this.#waitingFor(logId, watermark.number);
        // Noted before the fold: if the fold fails, the entry still waits.
        oldest = Math.max(oldest, age);
        if (age >= FOLD_AGE_MS + GRACE_MS) await this.#fold(logId, deadline);
      });
      await this.#attempt('RewritesFailed', logId, () => this.#rewrite(logId, deadline));
    }
    meter.observe('UnfoldedAge', 'Seconds', oldest / 1000);
  }

  /** A failure stops neither the other logs, nor the other half of this log's work. */
  async #attempt(metric: string, logId: string, work: () => Promise<void>): Promise<void> {
    const { log, meter } = this.#deps;
    try {
      await work();
    } catch (error) {
      meter.count(metric, 1);
      log.error('Could not sweep a log; the next sweep will try again', { logId, metric, error });
    }
  }

  async #rewrite(logId: string, deadline: number): Promise<void> {
    const { meter } = this.#deps;
    const rewritten = await rewriteClosedHours(this.#deps, logId, deadline);
    const removed = await removeOrphans(this.#deps, logId);
    // CloudWatch charges for a metric in each hour in which it has a value, and nobody needs a nought each minute.
    if (rewritten > 0) meter.count('HoursRewritten', rewritten);
    if (removed > 0) meter.count('OrphansRemoved', removed);
  }

  /** The age of the oldest entry that waits to be folded, in milliseconds; 0 if none waits. */
  async #waitingFor(logId: string, after: number): Promise<number> {
    const [first] = await this.#deps.store.readAfter(logId, after, { maxEntries: 1 });
    return first ? this.#deps.now() - first.entry.appendedAt : 0;
  }

  /** Folds all entries that wait, or as many as the time allows. */
  async #fold(logId: string, deadline: number): Promise<void> {
    const { store, now, meter } = this.#deps;
    for (;;) {
      const result = await foldLog({ store, now }, logId, { deadline, progress: this.#progress.get(logId) });
      if (result.kind !== 'nothing') meter.count('RowsFolded', result.rows);
      if (result.kind === 'out-of-time') {
        this.#progress.set(logId, result.progress);
        return;
      }
      this.#progress.delete(logId);
      if (result.kind === 'nothing') return;
    }
  }
}
