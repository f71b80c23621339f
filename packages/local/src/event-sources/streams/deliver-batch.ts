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
async function dropExpired(part: Part, { settings, clock, giveUp, progress }: DeliveryDeps): Promise<Part> {
  if (settings.maximumRecordAgeMs < 0) return part;
  const oldest = clock.now() - settings.maximumRecordAgeMs;
  const expired = part.records.filter(({ arrival }) => arrival * 1000 < oldest);
  if (expired.length === 0) return part;
  await giveUp({ reason: 'RecordAgeExceeded', records: expired, attempts: part.attempts });
  progress(lastOf(expired));
  return { ...part, records: part.records.slice(expired.length) };
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
        ? afterBisection(part, deps)
        : afterFailure(part, deps);
  }
}

/** "The batch is bisected at the returned sequence number", and nowhere else: the named record is not searched for. */
async function afterPartialFailure(part: Part, firstFailed: number, deps: DeliveryDeps): Promise<Part[]> {
  if (firstFailed === 0) return afterFailure(part, deps);
  deps.progress(lastOf(part.records.slice(0, firstFailed)));
  // A part that made progress is not stuck: the rest begins again.
  return afterFailure({ records: part.records.slice(firstFailed), attempts: 0 }, deps);
}

async function afterFailure(part: Part, deps: DeliveryDeps): Promise<Part[]> {
  const { maximumRetryAttempts } = deps.settings;
  const attempts = part.attempts + 1;
  if (maximumRetryAttempts >= 0 && attempts > maximumRetryAttempts) {
    await deps.giveUp({ reason: 'RetryAttemptsExhausted', records: part.records, attempts });
    deps.progress(lastOf(part.records));
    return [];
  }
  await deps.clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS), deps.stopping);
  return [{ ...part, attempts }];
}

/** "Splitting a batch doesn't consume the retry quota": each half begins with the attempts that there were. */
async function afterBisection({ records, attempts }: Part, deps: DeliveryDeps): Promise<Part[]> {
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
