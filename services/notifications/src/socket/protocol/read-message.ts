import type { BucketInterval } from '@weir/alerts';
import type { Subscription } from '@weir/dynamodb/connections';
import { clientSchemas } from './message-schemas.ts';

/** What a client says. `bad` is what it may not say, with the subscription that it names. */
export type ClientMessage =
  | { readonly type: 'subscribe'; readonly subscription: Subscription }
  | { readonly type: 'unsubscribe'; readonly id: string }
  | { readonly type: 'ping' }
  | { readonly type: 'bad'; readonly id: string | undefined };

const { id: idSchema, actions: actionsSchema, interval: intervalSchema } = clientSchemas.subscribe.properties;
const isId = textCheck(idSchema);
const isAction = textCheck(actionsSchema.items);

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

interface TextSchema {
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: string;
}

function textCheck({ minLength, maxLength, pattern }: TextSchema): (value: unknown) => value is string {
  const form = new RegExp(pattern);
  return (value): value is string =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength && form.test(value);
}

function isInterval(interval: unknown): interval is BucketInterval {
  return intervalSchema.enum.some((known) => known === interval);
}

function areActions(actions: unknown): actions is string[] {
  const { minItems, maxItems } = actionsSchema;
  return Array.isArray(actions) && actions.length >= minItems && actions.length <= maxItems && actions.every(isAction);
}
