import { createHash, timingSafeEqual } from 'node:crypto';
import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import { findRemovals } from './find-removals.ts';
import { identifyKeyText, isKeyText } from './key-text.ts';
import type { RefusedTokens } from './refused-tokens.ts';

/** Dependencies of `createFindKey`. */
export interface FindKeyDeps {
  readonly store: Pick<KeysStore, 'find' | 'findRemovedTrees'>;
  /** Reads the texts that are the administrator's key. They may be cached, and it may fail. */
  readonly readBootstrapKeys: () => Promise<readonly string[]>;
  readonly refused: RefusedTokens;
  readonly now: () => number;
}

/** Why a key is refused. */
export interface RefusedKey {
  readonly kind: 'refused';
  readonly reason: 'unknown' | 'expired' | 'removed' | 'refused-before';
}

/** Whose key a text is. */
export type FoundKey = { readonly kind: 'key'; readonly key: StoredKey } | { readonly kind: 'bootstrap' } | RefusedKey;

/** Finds out whose key a text is. Rejects if that cannot be found out at the moment. */
export type FindKey = (token: string) => Promise<FoundKey>;

/**
 * Knows the bootstrap key and the stored keys. If Secrets Manager is down, stored keys still work, and if the table is
 * down, the bootstrap key still works.
 */
export function createFindKey(deps: FindKeyDeps): FindKey {
  return async (token) => {
    const { hash } = identifyKeyText(token);
    if (deps.refused.has(hash)) return refuse('refused-before');
    const found = isKeyText(token) ? await findStored(deps, token) : await matchBootstrapKey(deps, token);
    if (found.kind === 'refused') deps.refused.add(hash);
    return found;
  };
}

async function findStored({ store, now }: FindKeyDeps, token: string): Promise<FoundKey> {
  const { id, hash } = identifyKeyText(token);
  const key = await store.find(id);
  if (key === undefined || !isSame(key.hash, hash)) return refuse('unknown');
  if ((await findRemovals(store, [key])).has(id)) return refuse('removed');
  if (key.expiresAt !== undefined && key.expiresAt <= now()) return refuse('expired');
  return { kind: 'key', key };
}

async function matchBootstrapKey(deps: FindKeyDeps, token: string): Promise<FoundKey> {
  const keys = await deps.readBootstrapKeys();
  if (keys.length === 0 || keys.includes('')) throw new Error('the bootstrap key is empty');
  // All are compared, so that the time does not show which one it is.
  return keys.filter((key) => isSame(token, key)).length > 0 ? { kind: 'bootstrap' } : refuse('unknown');
}

/** Both texts are hashed first, so that the time of the comparison shows neither content nor length. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

function refuse(reason: RefusedKey['reason']): RefusedKey {
  return { kind: 'refused', reason };
}
