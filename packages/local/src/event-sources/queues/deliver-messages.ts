import { counted, destinationInWords, failureInWords } from '../../invoke/given-up-words.ts';
import type { Invoke, InvokeResult } from '../../invoke/lambda-invoke.ts';
import { itemFailures } from '../mappings/item-failures.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import { giveBack } from './gather-messages.ts';
import type { DeadLetters, QueueMessage, QueuePort } from './queue-port.ts';
import type { QueueSettings } from './queue-settings.ts';

/** What is needed to deliver messages. */
export interface MessageDeliveryDeps {
  readonly port: QueuePort;
  readonly invoke: Invoke;
  readonly settings: QueueSettings;
  readonly visibilitySeconds: number;
  readonly deadLetters: DeadLetters | undefined;
  readonly clock: SourceClock;
  readonly stopping: AbortSignal;
  readonly log: (line: string) => void;
}

/** Lambda's limit on the payload of an invocation ("6 MB"), with room for the event around the messages. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 - 1024;
/** A service that is not running is called again after this time. */
const UNREACHABLE_PAUSE_MS = 250;
const DELETE_ATTEMPTS = 3;
const DELETE_PAUSE_MS = 500;

/**
 * Delivers a batch once, and deletes the messages that succeeded. The others stay hidden until their visibility time-out
 * has passed; then the queue hands them over again, or moves them to its dead-letter queue. What fails because the service
 * ends is visible again at once.
 */
export async function deliverMessages(messages: readonly QueueMessage[], deps: MessageDeliveryDeps): Promise<void> {
  const parts = cutByPayload(messages);
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const done = await deliverPart(part, deps);
    await deletePersistently(done, deps);
    // A message must not overtake a failed message of its group.
    if (deps.settings.isFifo && done.length < part.length) return giveBack(parts.flat(), deps);
  }
}

/** Invokes, again while the service is not running, and returns the messages that succeeded. */
async function deliverPart(
  messages: readonly QueueMessage[],
  deps: MessageDeliveryDeps,
): Promise<readonly QueueMessage[]> {
  const event = { Records: messages.map(({ eventRecord }) => eventRecord) };
  let hiddenAt = deps.clock.now();
  let result = await deps.invoke(event);
  while (result.outcome === 'unreachable' && !deps.stopping.aborted) {
    await deps.clock.sleep(UNREACHABLE_PAUSE_MS, deps.stopping);
    hiddenAt = await keepHidden(messages, hiddenAt, deps);
    result = await deps.invoke(event);
  }
  // The end of the service may end the call with an error, and nobody works on the messages any more.
  if (result.outcome === 'unreachable' || (result.outcome === 'failed' && deps.stopping.aborted)) {
    await giveBack(messages, deps);
  }
  const done = doneOf(messages, result, deps.settings.reportsItemFailures);
  const failed = messages.filter((message) => !done.includes(message));
  if (result.outcome !== 'unreachable') logFailures(failed, failureInWords(result), deps);
  return done;
}

/** The queue itself moves what was received too often, when its visibility time-out has passed. */
function logFailures(failed: readonly QueueMessage[], reason: string, { deadLetters, log }: MessageDeliveryDeps): void {
  const last = failed.filter(({ receiveCount }) => receiveCount >= (deadLetters?.maxReceiveCount ?? Infinity));
  const again = failed.length - last.length;
  if (again > 0) log(`Failed, and ${counted(again, 'message')} will be tried again: ${reason}`);
  if (last.length === 0 || deadLetters === undefined) return;
  const where = destinationInWords(deadLetters.arn);
  log(`Gave up ${counted(last.length, 'message')} (${reason}): to ${where} after the visibility time-out`);
}

/** Keeps the messages hidden while the service is not running: each further receive would count as an attempt. */
async function keepHidden(
  messages: readonly QueueMessage[],
  hiddenAt: number,
  { port, clock, visibilitySeconds, log }: MessageDeliveryDeps,
): Promise<number> {
  if (clock.now() - hiddenAt < (visibilitySeconds * 1000) / 2) return hiddenAt;
  await port.hide(messages, visibilitySeconds).catch((error: unknown) => log(`${error}`));
  return clock.now();
}

/**
 * The messages that succeeded: with partial responses, all except the named ones. An identifier that no message has fails
 * the whole batch.
 */
function doneOf(
  messages: readonly QueueMessage[],
  result: InvokeResult,
  reportsItemFailures: boolean,
): readonly QueueMessage[] {
  if (result.outcome !== 'returned') return [];
  if (!reportsItemFailures) return messages;
  const failures = itemFailures(result.value);
  if (failures === 'malformed') return [];
  const known = new Set(messages.map(({ messageId }) => messageId));
  if (!failures.every((id) => known.has(id))) return [];
  return messages.filter(({ messageId }) => !failures.includes(messageId));
}

/** If all attempts fail, the messages come again after their time-out: delivery is at least once, as on AWS. */
async function deletePersistently(
  messages: readonly QueueMessage[],
  { port, clock, stopping, log }: MessageDeliveryDeps,
): Promise<void> {
  if (messages.length === 0) return;
  for (let attempt = 1; attempt <= DELETE_ATTEMPTS; attempt += 1) {
    const isDeleted = await port.delete(messages).then(
      () => true,
      (error: unknown) => log(`${error}`),
    );
    if (isDeleted) return;
    await clock.sleep(DELETE_PAUSE_MS, stopping);
  }
}

function cutByPayload(messages: readonly QueueMessage[]): (readonly QueueMessage[])[] {
  const parts: QueueMessage[][] = [];
  let total = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    total += message.bytes;
    if (total > MAX_PAYLOAD_BYTES) {
      parts.push([]);
      total = message.bytes;
    }
    parts.at(-1)?.push(message);
  }
  return parts;
}
