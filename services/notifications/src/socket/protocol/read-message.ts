import { BUCKET_MS, type BucketInterval } from '@weir/alerts';
import type { Subscription } from '@weir/dynamodb/connections';

/** Actions of one subscription. */
export const MAX_ACTIONS = 20;

/** What a client says. `bad` is what it may not say, with the subscription that it names. */
export type ClientMessage =
  | { readonly type: 'subscribe'; readonly subscription: Subscription }
  | { readonly type: 'unsubscribe'; readonly id: string }
  | { readonly type: 'ping' }
  | { readonly type: 'bad'; readonly id: string | undefined };

/** Printable ASCII: an id is a part of a key of the table. */
const ID = /^[!-~]{1,64}$/;
/** As the metrics' route takes it. */
const ACTION = /^(?!\.{1,2}$)[A-Za-z0-9._:-]{1,128}$/;

/** Reads a message of a client. Fields that are not known are ignored. */
export function readMessage(text: string): ClientMessage {
  const { type, id, actions, interval } = fieldsOf(text);
  if (type === 'ping') return { type };
  if (!isId(id)) return { type: 'bad', id: undefined };
  if (type === 'unsubscribe') return { type, id };
  if (type !== 'subscribe' || !isInterval(interval) || !areActions(actions)) return { type: 'bad', id };
  return { type, subscription: { id, actions: [...new Set(actions)], interval } };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && ID.test(id);
}

function isInterval(interval: unknown): interval is BucketInterval {
  return typeof interval === 'string' && Object.hasOwn(BUCKET_MS, interval);
}

function areActions(actions: unknown): actions is string[] {
  if (!Array.isArray(actions) || actions.length === 0 || actions.length > MAX_ACTIONS) return false;
  return actions.every((action) => typeof action === 'string' && ACTION.test(action));
}
