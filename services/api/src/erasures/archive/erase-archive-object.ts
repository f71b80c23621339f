import { MissingObject, objectKey, type ParsedKey, parseObjectKey, type StoredObject } from '@weir/archive';
import type { EraseDeps, PassJob } from '../cohort/erase-deps.ts';
import type { People } from '../cohort/people.ts';
import { areIn, eraseRun } from './erase-run.ts';
import { isSettled, LogRuns } from './log-runs.ts';

/**
 * Erases the users of a pass from the archive's objects, one object after the other. It lives as long as an invocation.
 */
export class ArchiveObjectEraser {
  readonly #deps: EraseDeps;
  readonly #job: PassJob;
  readonly #runs = new Map<string, LogRuns>();
  /**
   * Runs that were erased, by log and first entry. They stay erased, so the new object need not be read if it is listed
   * after the old one.
   */
  readonly #erased = new Set<string>();

  constructor(deps: EraseDeps, job: PassJob) {
    this.#deps = deps;
    this.#job = job;
  }

  /** True if a later pass must process the object, or the run that it was listed for, again. */
  async erase({ key }: StoredObject): Promise<boolean> {
    const name = parseObjectKey(key);
    if (!name) return false;
    const { cohort } = this.#job;
    let runs = this.#runs.get(name.logId) ?? (await this.#read(name.logId));
    if (!runs.name(key)) {
      if (!cohort.looksPastRuns(name.hour) && runs.endBefore(name.number)) return false;
      // The object was listed before a sweep or another writer changed the runs. An object without a name now is never
      // named again.
      runs = await this.#read(name.logId);
      if (runs.endBefore(name.number)) return this.#erasePastRuns(key, name);
    }
    const erases = cohort.erasesIn(name.hour);
    // The run may have another object by now. That object may not be in the listing any more, so it is erased here.
    if (erases && !(await this.#eraseRun(runs, name))) return cohort.needsRuns(name.hour);
    if (!runs.name(key)) await this.#removeIfHolding(erases ? cohort.everybody : cohort.orphaned, key);
    return false;
  }

  /** Erases the run that begins at this entry, if there is one; false if it is too early for that. */
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
    // A step that removes orphans begins when the stream keeps no record of that age any more. So nothing will name the
    // object.
    await this.#removeIfHolding(this.#job.cohort.orphaned, key);
    return false;
  }

  /**
   * Removes an object of a lost append, a sweep or an erasure if it has lines of these users. This is safe at any moment:
   * the run that begins there has none of their lines any more, and objects made from it have none either. So no run can
   * name this object again.
   */
  async #removeIfHolding(people: People, key: string): Promise<void> {
    try {
      if (people.size > 0 && (await areIn(this.#deps, people, key))) await this.#deps.objects.remove([key]);
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
    }
  }
}
