import { type DeadLetters, lettersOf } from './dead-letters.ts';

/** What a redrive of notifications needs of a stage. */
export interface NotificationsRedriveDeps {
  /** Messages for the function deliver: each names a delivery. */
  readonly deliveries: DeadLetters;
  /** Events that the function dispatch did not take, as Lambda keeps them. */
  readonly announcements: DeadLetters;
  /** Puts the body of a message on the queue of deliveries. */
  readonly send: (body: string) => Promise<void>;
  /** Hands an event to the function dispatch, and waits for its end. Throws if it fails. */
  readonly dispatch: (event: object) => Promise<unknown>;
}

/** How many letters were tried again. */
export interface RedrivenNotifications {
  readonly deliveries: number;
  readonly announcements: number;
  /** Texts that hold no event. */
  readonly unreadable: readonly string[];
}

/**
 * Tries all letters again, and empties both queues. A letter is deleted last: if the redrive dies, the next one does it
 * again. That is harmless: a delivery that does not wait any more is left alone, and a message is made once.
 */
export async function redriveNotifications(deps: NotificationsRedriveDeps): Promise<RedrivenNotifications> {
  let deliveries = 0;
  for await (const letter of lettersOf(deps.deliveries)) {
    await deps.send(letter.body);
    await deps.deliveries.delete(letter);
    deliveries++;
  }
  let announcements = 0;
  const unreadable: string[] = [];
  for await (const letter of lettersOf(deps.announcements)) {
    const event = eventIn(letter.body);
    if (event) {
      await deps.dispatch(event);
      announcements++;
    } else unreadable.push(letter.body);
    await deps.announcements.delete(letter);
  }
  return { deliveries, announcements, unreadable };
}

/** What a redrive has done, a sentence a line. */
export function describeNotifications({ deliveries, announcements, unreadable }: RedrivenNotifications): string {
  const lines = [
    ...(deliveries > 0 ? [`Sent ${counted(deliveries, 'deliveries', 'delivery')} again that may still wait.`] : []),
    ...(announcements > 0 ? [`Handed over ${counted(announcements, 'announcements', 'announcement')} again.`] : []),
    ...unreadable.map((body) => `Deleted a letter without an event: ${body}`),
  ];
  return lines.length === 0 ? 'There are no dead letters.' : lines.join('\n');
}

/** Lambda keeps an event that failed as `requestPayload`. */
function eventIn(body: string): object | undefined {
  try {
    const { requestPayload } = JSON.parse(body) as { readonly requestPayload?: unknown };
    return typeof requestPayload === 'object' && requestPayload !== null ? requestPayload : undefined;
  } catch {
    return undefined;
  }
}

function counted(count: number, many: string, one: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
