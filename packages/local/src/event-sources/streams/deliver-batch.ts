import { failureInWords } from '../../invoke/given-up-words.ts';
import type { Invoke } from '../../invoke/lambda-invoke.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import { interpretResponse } from './interpret-response.ts';
import type { SourceRecord } from './stream-port.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Why records were given up. */
export type GiveUpReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that were given up, for the on-failure destination. */
export interface GivenUpRecords {
  readonly reason: GiveUpReason;
  readonly records: readonly SourceRecord[];
  readonly attempts: number;
}

/** What is needed to deliver. */
export interface DeliveryDeps {
  readonly invoke: Invoke;
  readonly settings: StreamSettings;
  readonly clock: SourceClock;
  readonly giveUp: (given: GivenUpRecords) => Promise<void>;
  /** Called with each record up to which everything is done. */
  readonly progress: (sequenceNumber: string) => void;
  readonly stopping: AbortSignal;
  readonly log: (line: string) => void;
}

/** The first pause after a failure; each further one is twice as long. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** How often a service that is restarting is called again. */
const UNREACHABLE_PAUSE_MS = 250;

/**
 * Delivers records in order until each is done or given up. A failure is retried with growing pauses: from the first
 * failed record on if the function names it, in halves if the mapping bisects. Returns early only when stopping.
 */
export async function deliverBatch(records: readonly SourceRecord[], deps: DeliveryDeps): Promise<void> {
  // Parts still to deliver, the next one last. A part is never delivered before the one in front of it is done.
  const parts: Part[] = [{ records, attempts: 0 }];
  for (let part = parts.pop(); part !== undefined && !deps.stopping.aborted; part = parts.pop()) {
    const young = await dropExpired(part, deps);
    if (young.records.length > 0) parts.push(...(await attempt(young, deps)));
  }
}

interface Part {
  readonly records: readonly SourceRecord[];
  /** Failed attempts until now. */
  readonly attempts: number;
}

/** Gives up the records at the front that are too old. Arrivals only grow along a shard. */
async function dropExpired(part: Part, deps: DeliveryDeps): Promise<Part> {
  const { giveUp, progress } = deps;
  const expired = expiredOf(part, deps);
  if (expired.length === 0) return part;
  await giveUp({ reason: 'RecordAgeExceeded', records: expired, attempts: part.attempts });
  progress(lastOf(expired));
  return { ...part, records: part.records.slice(expired.length) };
}

/** The records that are too old, or will be after so many milliseconds. */
function expiredOf({ records }: Part, { settings, clock }: DeliveryDeps, afterMs = 0): readonly SourceRecord[] {
  if (settings.maximumRecordAgeMs < 0) return [];
  const oldest = clock.now() + afterMs - settings.maximumRecordAgeMs;
  return records.filter(({ arrival }) => arrival * 1000 < oldest);
}

/** Invokes once; returns the parts that are left, last part first. */
async function attempt(part: Part, deps: DeliveryDeps): Promise<Part[]> {
  const result = await deps.invoke({ Records: part.records.map(({ eventRecord }) => eventRecord) });
  const outcome = interpretResponse(result, part.records, deps.settings.reportsItemFailures);
  switch (outcome.outcome) {
    case 'done':
      deps.progress(lastOf(part.records));
      return [];
    case 'unreachable':
      await deps.clock.sleep(UNREACHABLE_PAUSE_MS, deps.stopping);
      return [part];
    case 'partial':
      return afterPartialFailure(part, outcome.firstFailed, deps);
    case 'failed':
      return deps.settings.bisectOnError && part.records.length > 1
        ? afterBisection(part, failureInWords(result), deps)
        : afterFailure(part, failureInWords(result), deps);
  }
}

/** "The batch is bisected at the returned sequence number", and nowhere else: the named record is not searched for. */
async function afterPartialFailure(part: Part, firstFailed: number, deps: DeliveryDeps): Promise<Part[]> {
  const reason = 'the function named a record as failed';
  if (firstFailed === 0) return afterFailure(part, reason, deps);
  deps.progress(lastOf(part.records.slice(0, firstFailed)));
  // A part that made progress is not stuck: the rest begins again.
  return afterFailure({ records: part.records.slice(firstFailed), attempts: 0 }, reason, deps);
}

async function afterFailure(part: Part, reason: string, deps: DeliveryDeps): Promise<Part[]> {
  const { maximumRetryAttempts } = deps.settings;
  const attempts = part.attempts + 1;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  const isExhausted = maximumRetryAttempts >= 0 && attempts > maximumRetryAttempts;
  const isLast = isExhausted || expiredOf(part, deps, pauseMs).length === part.records.length;
  deps.log(`${isLast ? 'Failed for the last time' : 'Failed, and will be tried again'}: ${reason}`);
  if (isExhausted) {
    await deps.giveUp({ reason: 'RetryAttemptsExhausted', records: part.records, attempts });
    deps.progress(lastOf(part.records));
    return [];
  }
  await deps.clock.sleep(pauseMs, deps.stopping);
  return [{ ...part, attempts }];
}

/** "Splitting a batch doesn't consume the retry quota": each half begins with the attempts that there were. */
async function afterBisection({ records, attempts }: Part, reason: string, deps: DeliveryDeps): Promise<Part[]> {
  deps.log(`Failed, and its halves will be tried again: ${reason}`);
  await deps.clock.sleep(FIRST_PAUSE_MS, deps.stopping);
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(middle), attempts },
    { records: records.slice(0, middle), attempts },
  ];
}

function lastOf(records: readonly SourceRecord[]): string {
  return records.at(-1)?.sequenceNumber ?? '';
}
