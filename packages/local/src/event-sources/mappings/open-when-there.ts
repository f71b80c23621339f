import type { EventSourceMapping, RunningSource } from './event-source-mapping.ts';
import type { SourceClock } from './source-clock.ts';

/** What is needed to open a mapping. */
export interface OpenDeps {
  readonly clock: SourceClock;
  readonly log: (line: string) => void;
}

const RETRY_MS = 500;

/** A mapping that runs, or waits for its source. */
export interface OpenedMapping extends RunningSource {
  /** The sentence that says what it waits for; undefined once it runs. */
  waitsFor(): string | undefined;
}

/**
 * Starts a mapping now or, if its source does not exist yet, as soon as it does: another service may own the source,
 * and services start in any order. Resolves after the first try.
 */
export async function openWhenThere(mapping: EventSourceMapping, { clock, log }: OpenDeps): Promise<OpenedMapping> {
  const stopping = new AbortController();
  let running: RunningSource | undefined;

  const open = async (): Promise<string | undefined> => {
    try {
      running = await mapping.open();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const openLater = async () => {
    do await clock.sleep(RETRY_MS, stopping.signal);
    while (!stopping.signal.aborted && (await open()) !== undefined);
    if (running !== undefined) log(`${mapping.source} is there now`);
  };

  const problem = await open();
  const sentence = `Waits for ${mapping.source}: ${problem}`;
  if (problem !== undefined) log(sentence);
  const waiting = problem === undefined ? Promise.resolve() : openLater();
  return {
    waitsFor: () => (running === undefined ? sentence : undefined),
    wake: () => running?.wake(),
    stop: async () => {
      stopping.abort();
      await waiting;
      await running?.stop();
    },
  };
}
