import type { ProgressStore } from '@weir/dynamodb';
import type { Logger, Meter } from '@weir/logging';
import { type ClosedUpToDeps, findClosedUpTo } from './closed-up-to.ts';
import { ShardBounds } from './shard-bounds.ts';
import type { StreamTip } from './stream-tip.ts';

export interface ProgressWriterDeps {
  readonly store: ClosedUpToDeps['store'] & ProgressStore;
  readonly stream: StreamTip;
  readonly now: () => number;
  readonly log: Logger;
  readonly meter: Meter;
}

/** Writes how far the stream is counted, and measures how old that is. */
export class ProgressWriter {
  readonly #deps: ProgressWriterDeps;
  readonly #bounds: ShardBounds;
  /** The last progress that this process knows; before that, its own start. */
  #reached: number | undefined;

  constructor(deps: ProgressWriterDeps) {
    this.#deps = deps;
    this.#bounds = new ShardBounds(deps);
  }

  /** Never throws: a sweep has other work. The age of the progress shows what fails for long. */
  async write(): Promise<void> {
    const { now, log, meter } = this.#deps;
    this.#reached ??= now();
    try {
      await this.#write();
    } catch (error) {
      log.error('Could not find how far the stream is counted; the next sweep will try again', { error });
    }
    meter.observe('ProgressAge', 'Seconds', Math.max(0, now() - this.#reached) / 1000);
  }

  async #write(): Promise<void> {
    const { store, now } = this.#deps;
    const before = await store.readProgress();
    if (before) this.#reached = before.closedUpTo;
    const closedUpTo = await findClosedUpTo({ ...this.#deps, bounds: this.#bounds });
    if (closedUpTo === undefined || closedUpTo <= (before?.closedUpTo ?? Number.NEGATIVE_INFINITY)) return;
    if (await store.writeProgress({ closedUpTo, at: now() })) this.#reached = closedUpTo;
  }
}
