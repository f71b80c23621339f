import { createHash, timingSafeEqual } from 'node:crypto';
import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { knownScopes } from '../http/callers/principal-context.ts';
import { findRemovals } from './find-removals.ts';
import { identifyKeyText, isKeyText } from './key-text.ts';
import type { NoteUse } from './note-use.ts';
import type { RefusedTokens } from './refused-tokens.ts';

/** Dependencies of `createIdentifyKey`. */
export interface IdentifyKeyDeps {
  readonly store: KeysStore;
  /** Reads the administrator's key. It may be cached, and may fail. */
  readonly readBootstrapKey: () => Promise<string>;
  readonly refused: RefusedTokens;
  readonly noteUse: NoteUse;
  readonly now: () => number;
}

/** Why a key is refused. */
export interface RefusedKey {
  readonly kind: 'refused';
  readonly reason: 'malformed' | 'unknown' | 'expired' | 'removed' | 'refused-before';
}

/** Finds out whose key an `Authorization` header has. Rejects if that cannot be found out at the moment. */
export type IdentifyKey = (authorization: string | undefined) => Promise<Principal | RefusedKey>;

const BEARER = /^bearer +([!-~]+) *$/i;

/**
 * Knows the bootstrap key and the stored keys. If Secrets Manager is down, stored keys still work, and if the table is
 * down, the bootstrap key still works.
 */
export function createIdentifyKey(deps: IdentifyKeyDeps): IdentifyKey {
  return async (authorization = '') => {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return refuse('malformed');
    const { hash } = identifyKeyText(token);
    if (deps.refused.has(hash)) return refuse('refused-before');
    const found = isKeyText(token) ? await findKey(deps, token) : await matchBootstrapKey(deps, token);
    if (found.kind === 'refused') deps.refused.add(hash);
    return found;
  };
}

async function findKey(deps: IdentifyKeyDeps, token: string): Promise<Principal | RefusedKey> {
  const { id, hash } = identifyKeyText(token);
  const key = await deps.store.find(id);
  if (key === undefined || !isSame(key.hash, hash)) return refuse('unknown');
  if ((await findRemovals(deps.store, [key])).has(id)) return refuse('removed');
  if (key.expiresAt !== undefined && key.expiresAt <= deps.now()) return refuse('expired');
  await deps.noteUse(key);
  return principalOf(key);
}

async function matchBootstrapKey(deps: IdentifyKeyDeps, token: string): Promise<Principal | RefusedKey> {
  const key = await deps.readBootstrapKey();
  if (key === '') throw new Error('the bootstrap key is empty');
  return isSame(token, key) ? BOOTSTRAP : refuse('unknown');
}

function principalOf({ id, scopes, actionPrefixes, expiresAt }: StoredKey): Principal {
  return { kind: 'principal', keyId: id, scopes: knownScopes(scopes), actionPrefixes, expiresAt };
}

/** Both texts are hashed first, so that the time of the comparison shows neither content nor length. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

function refuse(reason: RefusedKey['reason']): RefusedKey {
  return { kind: 'refused', reason };
}
