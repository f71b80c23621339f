import type { Message } from '../messages/message.ts';

/** An attempt may begin so much before its time: clocks differ. */
export const EARLY_MS = 1_000;

/** What is asked for is sent by the table's stream. If that fails, the clock finds it after this time. */
export const ASKED_GRACE_MS = 60_000;

/** Attempts that a delivery shows. Only repeated retries make more. */
export const KEPT_ATTEMPTS = 20;

export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'held';

/** Why a delivery failed. */
export type DeliveryReason = 'exhausted' | 'aborted' | 'gone' | 'refused-address';

/** One request, and what came of it. */
export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The status of the answer, if there was one. */
  readonly status: number | undefined;
  /** Why there was no answer. */
  readonly error: string | undefined;
  readonly durationMs: number;
  /** The beginning of the answer's body. Not kept where `data` named a person. */
  readonly response: string | undefined;
}

/** Names a delivery. */
export interface DeliveryRef {
  readonly endpointId: string;
  readonly messageId: string;
}

/** A message on its way to an endpoint. Times are epoch milliseconds. */
export interface Delivery extends DeliveryRef {
  readonly type: string;
  readonly status: DeliveryStatus;
  /** Only if it failed. */
  readonly reason: DeliveryReason | undefined;
  /** Number of the attempt that is next or under way, from 0. It never goes back. */
  readonly attempt: number;
  /** The attempt at which the schedule of waits began: later than 0 after a caller asked for it again. */
  readonly scheduledFrom: number;
  /** The last ones, the oldest first. */
  readonly attempts: readonly Attempt[];
  /** Only while it is pending. */
  readonly nextAttemptAt: number | undefined;
  /** An attempt is under way until then at the latest. */
  readonly leaseUntil: number | undefined;
  readonly createdAt: number;
  /** What is sent, if it differs from the message's data, which holds only what is kept. */
  readonly data: object | undefined;
}

/** An endpoint that a message goes to. */
export interface DeliveryTarget {
  readonly endpointId: string;
  /** The message waits until it is asked for, as the endpoint is disabled. If it is enabled by now, it is pending. */
  readonly isHeld?: boolean;
}

export interface NewDeliveries {
  readonly targets: readonly DeliveryTarget[];
  /** When they are made and due, epoch milliseconds. */
  readonly now: number;
  /** When the clock sends them; `now` if it is left out. The dispatcher sends them itself before that. */
  readonly dueAt?: number;
  /** Whether the table's stream is to have them sent. */
  readonly isAsked?: boolean;
}

/** What comes of a claimed delivery. Without an attempt, none was made, and its number stays. */
export type DeliveryOutcome = { readonly attempt?: Attempt | undefined } & (
  | {
      readonly status: 'pending';
      readonly nextAttemptAt: number;
      /** When the clock sends it; `nextAttemptAt` if it is left out. Later, where a queue's delay sends it. */
      readonly dueAt?: number;
    }
  | { readonly status: 'failed'; readonly reason: DeliveryReason }
  | { readonly status: 'delivered' | 'held' }
);

/** A delivery that the clock is to send. */
export interface DueDelivery extends DeliveryRef {
  readonly attempt: number;
  readonly dueAt: number;
}

/** One page of an endpoint's deliveries, the newest first. */
export interface DeliveriesPage {
  readonly deliveries: readonly Delivery[];
  /** Id of the message after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/** Which deliveries are sent again, by the time of their messages. */
export interface Recovery {
  /** Epoch milliseconds, inclusive. */
  readonly since: number;
  /** Exclusive. */
  readonly until: number;
  readonly now: number;
  /** At most so many. */
  readonly limit: number;
  /** Asked between writes: if there is no time left, the recovery ends early. It always does something. */
  readonly isLate?: () => boolean;
}

/** Messages and their deliveries. The delivery is the truth of what was sent. Reads of single items are consistent. */
export interface DeliveriesStore {
  /** Writes a message and its deliveries, those that are not there yet: it may be called again after a crash. */
  putMessage(message: Message, deliveries: NewDeliveries): Promise<void>;
  /** Its `data` is what is kept, where a person was named. */
  findMessage(id: string): Promise<Message | undefined>;
  findDelivery(ref: DeliveryRef): Promise<Delivery | undefined>;
  listDeliveries(
    endpointId: string,
    query: { readonly after: string | undefined; readonly limit: number },
  ): Promise<DeliveriesPage>;
  /**
   * Takes the attempt of this number, for one caller until `leaseUntil`. Undefined if it is not pending, it has another
   * number, its time has not come, or another caller has it.
   */
  claim(
    ref: DeliveryRef,
    attempt: { readonly attempt: number; readonly now: number; readonly leaseUntil: number },
  ): Promise<Delivery | undefined>;
  /**
   * Writes what came of a claimed delivery. False if the lease is another caller's by now: then nothing is written. A
   * delivery is held only if its endpoint is disabled at that moment; otherwise it is due as before.
   */
  finish(claimed: Delivery, outcome: DeliveryOutcome): Promise<boolean>;
  /** Forgets a delivery whose endpoint or message is gone. */
  removeDelivery(ref: DeliveryRef): Promise<void>;
  /**
   * Sends a delivery again at once, with all its waits, whatever came of it. `busy` while an attempt is under way,
   * `unknown` if there is none.
   */
  retry(ref: DeliveryRef, now: number): Promise<'asked' | 'busy' | 'unknown'>;
  /**
   * Sends again what failed or is held, the oldest first, but not what the endpoint itself aborted. `next` is the time of
   * the message after the last that was sent, if there are more. It may be called again.
   */
  recover(
    endpointId: string,
    recovery: Recovery,
  ): Promise<{ readonly count: number; readonly next: number | undefined }>;
  /**
   * What is due, at most `limit`, the longest due first in each part of the index. It may miss what was just written.
   */
  listDue(query: { readonly now: number; readonly limit: number }): AsyncIterable<DueDelivery>;
  /** Notes that a due delivery was sent: it is due again at `until` if nobody has claimed it by then. */
  noteSent(due: DueDelivery, until: number): Promise<boolean>;
  /** Writes the time into the table: its stream then has a record, which shows that somebody reads the stream. */
  markTime(now: number): Promise<void>;
}
