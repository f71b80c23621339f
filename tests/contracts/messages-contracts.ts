import { MAX_SUBSCRIPTIONS } from '../../packages/dynamodb/src/connections-store/connections-store.ts';
import { MAX_BODY_BYTES } from '../../packages/webhooks/src/messages/bounded-body.ts';
import { TEST_TYPE, WEBHOOK_EVENTS, type WebhookType } from '../../packages/webhooks/src/messages/webhook-message.ts';
import { bodySchema } from '../../packages/webhooks/src/messages/webhook-schemas.ts';
import { rowsFrameSchema } from '../../services/notifications/src/live/frame-schemas.ts';
import { MAX_FRAME_BYTES } from '../../services/notifications/src/live/pack-rows.ts';
import {
  clientSchemas,
  errorSchema,
  pongSchema,
} from '../../services/notifications/src/socket/protocol/message-schemas.ts';
import { KEY_PREFIX, PROTOCOL } from '../../services/notifications/src/socket/protocol/offered-protocols.ts';
import { bareSchema } from './contract-of.ts';
import type { MessagesContract } from './messages-breaks.ts';
import type { Schema } from './schemas/keywords.ts';

/** What receivers of webhooks rely on. */
export function webhooksContract(): MessagesContract {
  const types: readonly WebhookType[] = [...WEBHOOK_EVENTS, TEST_TYPE];
  const told = Object.fromEntries(types.map((type) => [type, bareSchema(bodySchema(type))]));
  return { taken: {}, told, most: {}, sizes: { bodyBytes: MAX_BODY_BYTES } };
}

/** What clients of the live push rely on. */
export function liveContract(): MessagesContract {
  const protocols = { type: 'object', properties: { spoken: { const: PROTOCOL }, keyPrefix: { const: KEY_PREFIX } } };
  return {
    taken: bare({ protocols, ...clientSchemas }),
    told: bare({ 'snapshot, rows': rowsFrameSchema, error: errorSchema, pong: pongSchema }),
    most: { subscriptions: MAX_SUBSCRIPTIONS },
    sizes: { frameBytes: MAX_FRAME_BYTES },
  };
}

function bare(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(schemas).map(([kind, schema]) => [kind, bareSchema(schema)]));
}
