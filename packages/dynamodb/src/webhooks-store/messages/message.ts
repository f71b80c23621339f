/** Messages and deliveries are kept for so long after the message's time, what is held too. */
export const MESSAGE_KEPT_MS = 30 * 24 * 60 * 60_000;

/** What happened, as it is sent to all endpoints that take its type. */
export interface Message {
  /** Made by `makeMessageId`: sorts by time, and is the same whenever the message is made again. */
  readonly id: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly data: object;
  /** What stays of `data` in each delivery that has ended, if `data` names a person. Without it, all stays. */
  readonly kept?: object | undefined;
}
