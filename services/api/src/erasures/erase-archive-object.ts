import { decodeEntryHeader } from '@weir/aggregates';
import { MissingObject, objectKey, type ParsedKey, parseObjectKey, type StoredObject } from '@weir/archive';
import type { EraseDeps, EraseJob } from './erase-deps.ts';
import { eraseRun, isPersonIn } from './erase-run.ts';
import { isSettled, LogRuns } from './log-runs.ts';

/** How thoroughly objects are looked at. */
export type Care =
  /** Runs are rewritten; what is not in a run yet is left to a later pass. */
  | 'first'
  /** The same, and told of what has to be looked at again. */
  | 'complete'
  /** Every run was rewritten, and no record so old is read any more: what nothing names is removed. */
  | 'orphans';

/** Erases a person from one object of the archive after the other. Lives as long as an invocation. */
export class ArchiveObjectEraser {
  readonly #deps: EraseDeps;
  readonly #job: EraseJob;
  readonly #care: Care;
  readonly #runs = new Map<string, LogRuns>();
  /** Runs without the person, by log and first entry: they stay so, and a new object may be listed after the old one. */
  readonly #erased = new Set<string>();

  constructor(deps: EraseDeps, job: EraseJob, care: Care) {
    this.#deps = deps;
    this.#job = job;
    this.#care = care;
  }

  /** True when the object, or the run that it was listed for, has to be looked at again. */
  async erase({ key }: StoredObject): Promise<boolean> {
    const name = parseObjectKey(key);
    if (!name) return false;
    let runs = this.#runs.get(name.logId) ?? (await this.#read(name.logId));
    if (!runs.name(key)) {
      if (this.#care === 'first' && runs.endBefore(name.number)) return false;
      // Listed before a sweep or another erasure went on: what has no name now will have none again.
      runs = await this.#read(name.logId);
      if (runs.endBefore(name.number)) return this.#erasePastRuns(key, name);
    }
    // Also when the run has another object by now: that one may not be listed any more.
    if (this.#care !== 'orphans' && !(await this.#eraseRun(runs, name))) return true;
    if (!runs.name(key)) await this.#removeIfTheirs(key);
    return false;
  }

  /** Erases the run that begins at an entry, if one does; false when it is too early for that. */
  async #eraseRun(runs: LogRuns, { logId, number }: ParsedKey): Promise<boolean> {
    const run = runs.beginningAt(number);
    const place = `${logId}/${number}`;
    if (!run || this.#erased.has(place)) return true;
    if (!isSettled(run, this.#deps.now())) return false;
    runs.replace(await eraseRun(this.#deps, this.#job, run));
    this.#erased.add(place);
    return true;
  }

  async #read(logId: string): Promise<LogRuns> {
    const runs = await LogRuns.read(this.#deps.store, logId);
    this.#runs.set(logId, runs);
    return runs;
  }

  async #erasePastRuns(key: string, { logId, number }: ParsedKey): Promise<boolean> {
    const [entry] = await this.#deps.store.readAfter(logId, number - 1, { maxEntries: 1 });
    if (entry?.number === number) {
      const { archive: digest, firstArrival: arrival } = decodeEntryHeader(entry.body);
      if (digest && key === objectKey({ area: 'events', logId, number, arrival, digest })) return true;
    }
    if (this.#care === 'orphans') await this.#removeIfTheirs(key);
    return false;
  }

  /**
   * Removes what lost appends, sweeps and erasures left of the person. That is safe at any moment: the run that begins
   * there holds no line of theirs any more, and whatever is made of it will not either, so nothing can get this name.
   */
  async #removeIfTheirs(key: string): Promise<void> {
    try {
      if (await isPersonIn(this.#deps, this.#job, key)) await this.#deps.objects.remove([key]);
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
    }
  }
}
