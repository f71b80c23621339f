import { type DeadLetters, lettersOf } from './dead-letters.ts';

/** Messages of a queue that its function could not work on. */
export interface DeadMessages {
  readonly letters: DeadLetters;
  /** Puts the body of a message on the queue again. */
  readonly send: (body: string) => Promise<void>;
}

/** What a redrive of notifications needs of a stage. */
export interface NotificationsRedriveDeps {
  /** Each names a delivery of a webhook. */
  readonly deliveries: DeadMessages;
  /** Each names a mail. */
  readonly mails: DeadMessages;
  /** Events that the function dispatch did not take, as Lambda keeps them. */
  readonly announcements: DeadLetters;
  /** The same of the function feedback. */
  readonly feedback: DeadLetters;
  /** Hands an event to a function, and waits for its end. Throws if it fails. */
  readonly handTo: (name: 'dispatch' | 'feedback', event: object) => Promise<unknown>;
}

/** How many letters were tried again. */
export interface RedrivenNotifications {
  readonly deliveries: number;
  readonly mails: number;
  readonly announcements: number;
  readonly feedback: number;
  /** Texts that hold no event. */
  readonly unreadable: readonly string[];
}

/**
 * Tries all letters again, and empties the queues. A letter is deleted last: if the redrive dies, the next one does it
 * again. That is harmless: a delivery or a mail that does not wait any more is left alone, a message is made once, and an
 * address ends once.
 */
export async function redriveNotifications(deps: NotificationsRedriveDeps): Promise<RedrivenNotifications> {
  const unreadable: string[] = [];
  const deliveries = await resend(deps.deliveries);
  const mails = await resend(deps.mails);
  const announcements = await handOver(deps.announcements, unreadable, (event) => deps.handTo('dispatch', event));
  const feedback = await handOver(deps.feedback, unreadable, (event) => deps.handTo('feedback', event));
  return { deliveries, mails, announcements, feedback, unreadable };
}

async function resend({ letters, send }: DeadMessages): Promise<number> {
  let count = 0;
  for await (const letter of lettersOf(letters)) {
    await send(letter.body);
    await letters.delete(letter);
    count++;
  }
  return count;
}

async function handOver(
  letters: DeadLetters,
  unreadable: string[],
  hand: (event: object) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  for await (const letter of lettersOf(letters)) {
    const event = eventIn(letter.body);
    if (event) {
      await hand(event);
      count++;
    } else unreadable.push(letter.body);
    await letters.delete(letter);
  }
  return count;
}

/** What a redrive has done, a sentence a line. */
export function describeNotifications(redriven: RedrivenNotifications): string {
  const { deliveries, mails, announcements, feedback, unreadable } = redriven;
  const lines = [
    ...(deliveries > 0 ? [`Sent ${counted(deliveries, 'deliveries', 'delivery')} again that may still wait.`] : []),
    ...(mails > 0 ? [`Sent ${counted(mails, 'mails', 'mail')} again, but alerts of the last day only.`] : []),
    ...(announcements > 0 ? [`Handed over ${counted(announcements, 'announcements', 'announcement')} again.`] : []),
    ...(feedback > 0 ? [`Handed over ${counted(feedback, 'events', 'event')} of SES again.`] : []),
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
