import type { ConnectionsStore } from '@weir/dynamodb/connections';
import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import type { FindKey, FoundKey } from '@weir/keys';
import type { Logger } from '@weir/logging';
import { type OfferedProtocols, PROTOCOL } from './protocol/offered-protocols.ts';

/** The administrator's key has no record, and no end. */
export const BOOTSTRAP_ID = 'bootstrap';
/** Live push belongs to the metrics. */
const SCOPE = 'metrics:read';
/** The time of a key's last use is written at most once in this interval, as for requests. */
const LAST_USE_INTERVAL_MS = 300_000;

export interface ConnectDeps {
  readonly connections: Pick<ConnectionsStore, 'open'>;
  readonly findKey: FindKey;
  readonly keys: Pick<KeysStore, 'markUsed'>;
  readonly log: Logger;
  readonly now: () => number;
}

/** Who wants to connect. */
export interface Handshake {
  readonly connectionId: string;
  readonly offered: OfferedProtocols;
}

/** The answer to a handshake; each but 200 refuses the connection. */
export interface HandshakeAnswer {
  readonly statusCode: 200 | 400 | 401 | 403 | 503;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Admits a client whose key may read metrics. The answer names the protocol, never the key. If the key cannot be checked
 * at the moment, it is a 503, and the client comes again.
 */
export async function connect(deps: ConnectDeps, { connectionId, offered }: Handshake): Promise<HandshakeAnswer> {
  if (!offered.isSpoken) return { statusCode: 400 };
  if (!offered.key) return { statusCode: 401 };
  try {
    const found = await deps.findKey(offered.key);
    if (found.kind === 'refused') {
      deps.log.info('Refused a key', { reason: found.reason });
      return { statusCode: 401 };
    }
    if (found.kind === 'key' && !found.key.scopes.includes(SCOPE)) return { statusCode: 403 };
    await deps.connections.open({ id: connectionId, connectedAt: deps.now(), ...limitsOf(found) });
    if (found.kind === 'key') await noteUse(deps, found.key);
    return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': PROTOCOL } };
  } catch (error) {
    deps.log.error('A client cannot connect; it comes again', { error });
    return { statusCode: 503 };
  }
}

/** What a connection keeps of its key. */
function limitsOf(found: Exclude<FoundKey, { readonly kind: 'refused' }>) {
  if (found.kind === 'bootstrap') return { keyId: BOOTSTRAP_ID, keyExpiresAt: undefined, actionPrefixes: undefined };
  const { id, expiresAt, actionPrefixes } = found.key;
  return { keyId: id, keyExpiresAt: expiresAt, actionPrefixes };
}

/** That a key was used is worth no refusal. */
async function noteUse({ keys, log, now }: ConnectDeps, { id, lastUsedAt = 0 }: StoredKey): Promise<void> {
  const at = now();
  if (at - lastUsedAt < LAST_USE_INTERVAL_MS) return;
  try {
    await keys.markUsed(id, { at, unlessAfter: at - LAST_USE_INTERVAL_MS });
  } catch (error) {
    log.warn('The last use of a key could not be noted', { keyId: id, error });
  }
}
