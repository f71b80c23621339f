import type { ObjectStore } from '@weir/archive';
import type { Logger, Meter } from '@weir/logging';

/** Under which Lambda writes the batches that it stops retrying. */
const PREFIX = 'aws/lambda/';
/** The time in the name of such an object, in UTC. */
const WRITTEN_AT = /\/(\d{4}-\d\d-\d\d)T(\d\d)\.(\d\d)\.(\d\d)-[^/]+$/;
/** A list is billed, and an operator needs no more. */
const LOOK_EVERY_MS = 900_000;
const RECENT_MS = 86_400_000;

export interface GivenUpDeps {
  readonly objects: Pick<ObjectStore, 'list'>;
  readonly now: () => number;
  readonly log: Logger;
  readonly meter: Meter;
}

/** Tells of batches that Lambda gave up: nothing counts their events any more, and the consumer does not see them. */
export class GivenUpWatch {
  readonly #deps: GivenUpDeps;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: GivenUpDeps) {
    this.#deps = deps;
  }

  /** Looks, if the last look was a quarter of an hour ago. A look that fails does not stop a sweep: the next one looks again. */
  async look(): Promise<void> {
    const { now, log, meter } = this.#deps;
    if (now() - this.#lookedAt < LOOK_EVERY_MS) return;
    try {
      const count = await this.#countRecent();
      this.#lookedAt = now();
      // A metric costs for each hour in which it has a value.
      if (count > 0) meter.observe('BatchesGivenUp', 'Count', count);
    } catch (error) {
      log.error('Could not look for batches that Lambda gave up; the next sweep will try again', { error });
    }
  }

  /** An erasure writes such objects again, so the time of the last change says nothing. */
  async #countRecent(): Promise<number> {
    let count = 0;
    for await (const { key, lastModified } of this.#deps.objects.list(PREFIX)) {
      if (this.#deps.now() - (writtenAt(key) ?? lastModified) < RECENT_MS) count++;
    }
    return count;
  }
}

function writtenAt(key: string): number | undefined {
  const [, day, hour, minute, second] = WRITTEN_AT.exec(key) ?? [];
  return day === undefined ? undefined : Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}
