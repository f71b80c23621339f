import type { Doorbell } from '../mappings/doorbell.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { QueueMessage, QueuePort } from './queue-port.ts';
import type { QueueSettings } from './queue-settings.ts';

/** What is needed to gather a batch. */
export interface GatherDeps {
  readonly port: QueuePort;
  readonly settings: QueueSettings;
  readonly clock: SourceClock;
  readonly doorbell: Doorbell;
  readonly stopping: AbortSignal;
  readonly log: (line: string) => void;
}

/** An idle queue is read this often; a send through the door wakes the poller earlier. */
const IDLE_POLL_MS = 1000;
/** While a batching window is open, the queue is read this often. */
const WINDOW_POLL_MS = 250;
/** SQS returns no more messages at once. */
const MAX_RECEIVED = 10;

/**
 * Receives messages until the batch size or the end of the window is reached; returns none when the source stops. Deletes
 * messages that match no filter pattern.
 */
export async function gatherMessages(deps: GatherDeps): Promise<readonly QueueMessage[]> {
  const { settings, clock, doorbell, stopping } = deps;
  const held: QueueMessage[] = [];
  let windowEnd = Number.POSITIVE_INFINITY;
  while (!stopping.aborted) {
    const rung = doorbell.rung();
    const received = await receive(settings.batchSize - held.length, deps);
    held.push(...(await withoutFiltered(received, deps)));
    if (held.length > 0) windowEnd = Math.min(windowEnd, clock.now() + settings.batchWindowMs);
    if (held.length >= settings.batchSize || clock.now() >= windowEnd) return held;
    if (received.length > 0) continue;
    if (held.length === 0) await doorbell.wait(rung, IDLE_POLL_MS);
    else await clock.sleep(Math.min(WINDOW_POLL_MS, windowEnd - clock.now()), stopping);
  }
  await giveBack(held, deps);
  return [];
}

/** Makes received messages visible again that the function was not given. */
export async function giveBack(
  messages: readonly QueueMessage[],
  { port, log }: Pick<GatherDeps, 'port' | 'log'>,
): Promise<void> {
  await port.hide(messages, 0).catch((error: unknown) => log(`${error}`));
}

async function receive(room: number, { port, clock, stopping, log }: GatherDeps): Promise<readonly QueueMessage[]> {
  try {
    return await port.receive(Math.min(room, MAX_RECEIVED));
  } catch (error) {
    log(`${error}`);
    await clock.sleep(IDLE_POLL_MS, stopping);
    return [];
  }
}

async function withoutFiltered(
  messages: readonly QueueMessage[],
  { port, settings, log }: GatherDeps,
): Promise<readonly QueueMessage[]> {
  const wanted = messages.filter((message) => settings.filter(message.filtered()));
  const others = messages.filter((message) => !wanted.includes(message));
  if (others.length > 0) await port.delete(others).catch((error: unknown) => log(`${error}`));
  return wanted;
}
