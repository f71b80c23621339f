import type { Connection, ConnectionsStore } from '@weir/dynamodb/connections';
import type { KeysStore } from '@weir/dynamodb/keys';
import { findRemovals } from '@weir/keys';
import type { Meter } from '@weir/logging';
import { atOnce } from '../calls/at-once.ts';
import { BOOTSTRAP_ID } from './connect.ts';

/** API Gateway ends a connection after two hours: one that is here for longer ended without a word. */
const STALE_AFTER_MS = 2 * 3_600_000 + 600_000;
/** The function is called once a minute, and looks twice. */
const LOOKS = 2;
const BETWEEN_LOOKS_MS = 30_000;

export interface CloseEndedDeps {
  readonly connections: Pick<ConnectionsStore, 'all' | 'close'>;
  readonly keys: Pick<KeysStore, 'find' | 'findRemovedTrees'>;
  /** Ends a connection at API Gateway; one that has ended already is no error. */
  readonly disconnect: (connectionId: string) => Promise<void>;
  readonly meter: Meter;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Closes the connections of keys that were removed or have expired, and forgets those that have ended without a word.
 * While anybody is connected it looks again after half a minute, so that a key works for less than a minute longer.
 * Throws at the end if a connection could not be closed.
 */
export async function closeEnded(deps: CloseEndedDeps): Promise<void> {
  for (let look = 1; ; look++) {
    const connections = await deps.connections.all();
    const failures = await closeThose(deps, await findEnded(deps, connections));
    if (connections.length > 0 && look < LOOKS) await deps.wait(BETWEEN_LOOKS_MS);
    else if (failures.length > 0)
      throw new AggregateError(failures, `connections that could not be closed: ${failures.length}`);
    else return;
  }
}

async function findEnded(deps: CloseEndedDeps, connections: readonly Connection[]): Promise<readonly Connection[]> {
  const now = deps.now();
  const good = await findGoodKeys(deps, new Set(connections.map(({ keyId }) => keyId)));
  const stale = connections.filter(({ connectedAt }) => connectedAt + STALE_AFTER_MS <= now);
  // A metric costs money when it is written.
  if (stale.length > 0) deps.meter.count('StaleConnections', stale.length);
  const isOver = ({ keyId, keyExpiresAt = Number.POSITIVE_INFINITY }: Connection) =>
    !good.has(keyId) || keyExpiresAt <= now;
  return [...new Set([...stale, ...connections.filter(isOver)])];
}

/** Those of the keys that are neither removed, themselves or with a maker, nor unknown. */
async function findGoodKeys({ keys }: CloseEndedDeps, ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const good = new Set([BOOTSTRAP_ID]);
  const stored = [...ids].filter((id) => id !== BOOTSTRAP_ID);
  await atOnce(stored, async (id) => {
    const key = await keys.find(id);
    if (key && !(await findRemovals(keys, [key])).has(id)) good.add(id);
  });
  return good;
}

/**
 * At API Gateway first: a connection that is forgotten before would never be closed after a crash. One that fails keeps
 * none of the others open. Returns the failures.
 */
async function closeThose({ connections, disconnect }: CloseEndedDeps, ended: readonly Connection[]) {
  const failures: unknown[] = [];
  const close = async (id: string) => {
    await disconnect(id);
    await connections.close(id);
  };
  await atOnce(ended, ({ id }) => close(id).catch((error: unknown) => void failures.push(error)));
  return failures;
}
