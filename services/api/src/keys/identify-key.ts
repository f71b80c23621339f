import type { StoredKey } from '@weir/dynamodb/keys';
import { createFindKey, type FindKeyDeps, type RefusedKey } from '@weir/keys';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { knownScopes } from '../http/callers/principal-context.ts';
import type { NoteUse } from './note-use.ts';

/** Dependencies of `createIdentifyKey`. */
export interface IdentifyKeyDeps extends FindKeyDeps {
  readonly noteUse: NoteUse;
}

/** Why the key of a request is refused. */
export type Refusal = RefusedKey | { readonly kind: 'refused'; readonly reason: 'malformed' };

/** Finds out whose key an `Authorization` header has. Rejects if that cannot be found out at the moment. */
export type IdentifyKey = (authorization: string | undefined) => Promise<Principal | Refusal>;

const BEARER = /^bearer +([!-~]+) *$/i;

/** Knows the bootstrap key and the stored keys, and notes the use of these. */
export function createIdentifyKey({ noteUse, ...deps }: IdentifyKeyDeps): IdentifyKey {
  const findKey = createFindKey(deps);
  return async (authorization = '') => {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return { kind: 'refused', reason: 'malformed' };
    const found = await findKey(token);
    if (found.kind === 'refused') return found;
    if (found.kind === 'bootstrap') return BOOTSTRAP;
    await noteUse(found.key);
    return principalOf(found.key);
  };
}

function principalOf({ id, scopes, actionPrefixes, expiresAt }: StoredKey): Principal {
  return { kind: 'principal', keyId: id, scopes: knownScopes(scopes), actionPrefixes, expiresAt };
}
