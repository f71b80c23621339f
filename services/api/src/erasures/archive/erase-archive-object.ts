import { MissingObject, objectKey, type ParsedKey, parseObjectKey, type StoredObject } from '@weir/archive';
import type { EraseDeps, PassJob } from '../cohort/erase-deps.ts';
import type { People } from '../cohort/people.ts';
import { areIn, eraseRun } from './erase-run.ts';
import { isSettled, LogRuns } from './log-runs.ts';

/** Erases a pass's people from one object of the archive after the other. Lives as long as an invocation. */
export class ArchiveObjectEraser {
  readonly #deps: EraseDeps;
  readonly #job: PassJob;
  readonly #runs = new Map<string, LogRuns>();
  /** Runs without them, by log and first entry: they stay so, and a new object may be listed after the old one. */
  readonly #erased = new Set<string>();

  constructor(deps: EraseDeps, job: PassJob) {
    this.#deps = deps;
    this.#job = job;
  }

  /** True when the object, or the run that it was listed for, has to be looked at again. */
  async erase({ key }: StoredObject): Promise<boolean> {
    const name = parseObjectKey(key);
    if (!name) return false;
    const { cohort } = this.#job;
    let runs = this.#runs.get(name.logId) ?? (await this.#read(name.logId));
    if (!runs.name(key)) {
      if (!cohort.looksPastRuns(name.hour) && runs.endBefore(name.number)) return false;
      // Listed before a sweep or another writer went on: what has no name now will have none again.
      runs = await this.#read(name.logId);
      if (runs.endBefore(name.number)) return this.#erasePastRuns(key, name);
    }
    const erases = cohort.erasesIn(name.hour);
    // Also when the run has another object by now: that one may not be listed any more.
    if (erases && !(await this.#eraseRun(runs, name))) return cohort.needsRuns(name.hour);
    if (!runs.name(key)) await this.#removeIfHolding(erases ? cohort.everybody : cohort.orphaned, key);
    return false;
  }

  /** Erases the run that begins at an entry, if one does; false when it is too early for that. */
  async #eraseRun(runs: LogRuns, { logId, number }: ParsedKey): Promise<boolean> {
    const run = runs.beginningAt(number);
    const entry = `${logId}/${number}`;
    if (!run || this.#erased.has(entry)) return true;
    if (!isSettled(run, this.#deps.now())) return false;
    runs.replace(await eraseRun(this.#deps, this.#job, run));
    this.#erased.add(entry);
    return true;
  }

  async #read(logId: string): Promise<LogRuns> {
    const runs = await LogRuns.read(this.#deps.store, logId);
    this.#runs.set(logId, runs);
    return runs;
  }

  async #erasePastRuns(key: string, { logId, number, hour }: ParsedKey): Promise<boolean> {
    const [entry] = await this.#deps.store.readAfter(logId, number - 1, { maxEntries: 1 });
    if (entry?.number === number) {
      const { archive: digest, firstArrival: arrival } = entry.header;
      if (digest && key === objectKey({ area: 'events', logId, number, arrival, digest })) {
        return this.#job.cohort.needsRuns(hour);
      }
    }
    // Whoever looks for orphans does so when no record so old is read any more: nothing will name it.
    await this.#removeIfHolding(this.#job.cohort.orphaned, key);
    return false;
  }

  /**
   * Removes what lost appends, sweeps and erasures left of people. That is safe at any moment: the run that begins
   * there holds no line of theirs any more, and whatever is made of it will not either, so nothing can get this name.
   */
  async #removeIfHolding(people: People, key: string): Promise<void> {
    try {
      if (people.size > 0 && (await areIn(this.#deps, people, key))) await this.#deps.objects.remove([key]);
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
    }
  }
}
