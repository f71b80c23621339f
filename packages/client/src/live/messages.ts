/** One bucket of an action, whole: the row of the same bucket with the greater `count` is the newer one. */
export interface LiveRow {
  readonly action: string;
  /** RFC 3339, in UTC. */
  readonly start: string;
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  /** Null of a minute; so is `p95`. */
  readonly users: number | null;
  readonly p95: number | null;
}

/** The rows that are wanted. */
export interface LiveQuery {
  /** One to twenty names of actions. */
  readonly actions: readonly string[];
  readonly interval: 'minute' | 'hour' | 'day';
}

/** Rows of one subscription. */
export interface SubscriptionRows {
  readonly id: string;
  readonly rows: readonly LiveRow[];
}

/** Rows that were there when a subscription began, or those that changed. */
export interface HeardRows extends SubscriptionRows {
  readonly type: 'snapshot' | 'rows';
  /** Of the last part of a snapshot. */
  readonly last?: boolean;
  /** Rows of other subscriptions that changed. */
  readonly also?: readonly SubscriptionRows[];
}

/** What Weir sends. Others are left out: a later version may have more. */
export type Heard =
  | HeardRows
  | { readonly type: 'error'; readonly id?: string; readonly code: string }
  | { readonly type: 'pong' };

/** The message that asks for rows. They come under `id`: first those that are there, then each one that changes. */
export function subscribeMessage(id: string, { actions, interval }: LiveQuery): string {
  return JSON.stringify({ type: 'subscribe', id, actions, interval });
}

/** The message that ends this. */
export function unsubscribeMessage(id: string): string {
  return JSON.stringify({ type: 'unsubscribe', id });
}

/** The message that shows that both ends are there. */
export const PING = '{"type":"ping"}';

/** The protocols to offer. Weir answers the first, and takes the key from the second, as browsers send no header. */
export function protocolsFor(key: string): string[] {
  return ['weir.v1', `weir.key.${key}`];
}
