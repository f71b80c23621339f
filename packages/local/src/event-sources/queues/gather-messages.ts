import type { Doorbell } from '../mappings/doorbell.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { QueueMessage, QueuePort } from './queue-port.ts';
import type { QueueSettings } from './queue-settings.ts';

/** What gathering needs. */
export interface GatherDeps {
  readonly port: QueuePort;
  readonly settings: QueueSettings;
  readonly clock: SourceClock;
  readonly doorbell: Doorbell;
  readonly stopping: AbortSignal;
  readonly log: (line: string) => void;
}

/** An idle queue is asked this often; a message that is sent through the door rings for it before that. */
const IDLE_POLL_MS = 1000;
/** While a window is open, more messages are asked for this often. */
const WINDOW_POLL_MS = 250;
/** SQS hands over no more at once. */
const MAX_RECEIVED = 10;

/** Receives one batch: at its size, or after its window; nothing when the source stops. What is filtered out is deleted. */
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

/** Makes messages visible again that were received and not tried. */
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
