import { runObjectKey } from '@weir/archive';
import type { ArchiveRun, ArchiveRuns } from '@weir/dynamodb';

const HOUR_MS = 3_600_000;
/** A sweep searches each hour for orphans once, some hours after its end. */
const SETTLED_AFTER_MS = 24 * HOUR_MS;

/** The runs of one log's archive, as they were when they were read. */
export class LogRuns {
  readonly #runs: Map<number, ArchiveRun>;
  readonly #keys: Set<string | undefined>;
  readonly #newest: ArchiveRun | undefined;

  private constructor(runs: readonly ArchiveRun[]) {
    this.#runs = new Map(runs.map((run) => [run.from, run]));
    this.#keys = new Set(runs.map(runObjectKey));
    this.#newest = runs[0];
  }

  static async read(store: Pick<ArchiveRuns, 'newestRuns'>, logId: string): Promise<LogRuns> {
    return new LogRuns(await store.newestRuns(logId, Number.MAX_SAFE_INTEGER));
  }

  name(key: string): boolean {
    return this.#keys.has(key);
  }

  /** The run that begins with this entry. */
  beginningAt(number: number): ArchiveRun | undefined {
    return this.#runs.get(number);
  }

  /** Stores the new object of a run. */
  replace(run: ArchiveRun): void {
    const before = this.#runs.get(run.from);
    if (before) this.#keys.delete(runObjectKey(before));
    this.#runs.set(run.from, run);
    this.#keys.add(runObjectKey(run));
  }

  /** Whether an entry is past all runs, so that its object was not rewritten yet. */
  endBefore(number: number): boolean {
    return number > (this.#newest?.to ?? -1);
  }
}

/** Whether a run and all older runs are settled by their age, whatever the sweeps did. */
export function isSettledByAge({ hour }: ArchiveRun, now: number): boolean {
  return now > (hour + 1) * HOUR_MS + SETTLED_AFTER_MS;
}

/**
 * Whether a sweep has searched the run's hour for orphans. Before that, the sweep may remove an object that a retry is
 * about to name again.
 */
export function isSettled(run: ArchiveRun, now: number): boolean {
  return run.swept || isSettledByAge(run, now);
}
