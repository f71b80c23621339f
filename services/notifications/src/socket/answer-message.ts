import type { ConnectionsStore, Subscription } from '@weir/dynamodb/connections';
import { mayUseAction } from '@weir/keys';
import { readMessage } from './protocol/read-message.ts';
import { errorMessage, PONG } from './protocol/server-messages.ts';
import { type SnapshotDeps, sendSnapshot } from './send-snapshot.ts';

export interface AnswerDeps extends SnapshotDeps {
  readonly connections: Pick<ConnectionsStore, 'find' | 'subscribe' | 'unsubscribe'>;
}

/** A message of a client that is connected. */
export interface Said {
  readonly connectionId: string;
  readonly text: string;
}

/** Does what a client says. Only a subscription, and what is wrong, is answered. */
export async function answerMessage(deps: AnswerDeps, { connectionId, text }: Said): Promise<void> {
  const message = readMessage(text);
  if (message.type === 'unsubscribe') return deps.connections.unsubscribe(connectionId, message.id);
  if (message.type === 'subscribe') return subscribe(deps, connectionId, message.subscription);
  await deps.post(connectionId, message.type === 'ping' ? PONG : errorMessage('bad-request', message.id));
}

async function subscribe(deps: AnswerDeps, connectionId: string, subscription: Subscription): Promise<void> {
  const { connections, post, now } = deps;
  const { id, actions } = subscription;
  const connection = await connections.find(connectionId);
  if (!connection) return;
  const { keyExpiresAt = Number.POSITIVE_INFINITY } = connection;
  if (keyExpiresAt <= now() || !actions.every((action) => mayUseAction(connection, action))) {
    await post(connectionId, errorMessage('forbidden', id));
    return;
  }
  const outcome = await connections.subscribe(connectionId, subscription);
  if (outcome === 'too-many') await post(connectionId, errorMessage('too-many', id));
  // Afterwards: what is counted from now on is pushed, and what was counted before is in the snapshot.
  if (outcome === 'subscribed') await sendSnapshot(deps, connectionId, subscription);
}
